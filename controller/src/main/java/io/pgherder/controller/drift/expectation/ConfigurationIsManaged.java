package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.BrokenLines;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.UnclearLoad;
import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every instance has its postgresql.conf where that is declared, reads pgherder.conf as the last line of it, and none of its configuration files is broken.
 */
final class ConfigurationIsManaged implements Expectation {
    private static final FieldPath SETTINGS = FieldPath.of("settings");
    private static final String MANAGED = "reads pgherder.conf, by the last line of postgresql.conf";
    private static final String PUT_BACK = "put it back: postgresql.conf is not pgherder's";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream().flatMap(instance -> unmet(look, node, instance)));
    }

    private static Stream<Difference> unmet(SideBySide look, NodeName node, InstanceState instance) {
        Optional<Difference> elsewhere = elsewhere(look, node);
        return Stream.of(
                        elsewhere.or(() -> unmanaged(look, node, instance)).stream(),
                        links(look, node, instance),
                        notLoaded(look, node, instance).stream(),
                        broken(look, node, instance),
                        brokenMaps(look, node, instance))
                .flatMap(differences -> differences);
    }

    /** Then what pgherder.conf in the declared directory says is of no use to the server. */
    private static Optional<Difference> elsewhere(SideBySide look, NodeName node) {
        Optional<ConfigDirectory> directory = postgresConf(look, node);
        return directory
                .flatMap(ConfigDirectory::elsewhere)
                .map(inUse -> Difference.of(
                                look.subject(node),
                                DriftKind.CONFIGURATION_ELSEWHERE,
                                FieldPath.of("nodes", node, "config_dir"),
                                "postgresql.conf in " + directory.get().path(),
                                "postgresql.conf in " + inUse)
                        .byHand(
                                look.ground(node)
                                                .filter(ground ->
                                                        ground.dataDir().path().equals(inUse))
                                                .isPresent()
                                        ? "take config_dir away"
                                        : "declare config_dir: " + inUse));
    }

    private static Optional<Difference> unmanaged(SideBySide look, NodeName node, InstanceState instance) {
        Optional<ConfigFile> file = instance.managedSettings();
        boolean isHidden = instance.couldNotRead(ConfigurationFile.PGHERDER)
                || instance.couldNotRead(ConfigurationFile.POSTGRESQL);
        if (isHidden || file.filter(ConfigFile::inUse).isPresent()) {
            return Optional.empty();
        }
        if (file.isEmpty()) {
            return Optional.of(unmanaged(look, node, "there is no pgherder.conf"));
        }
        if (lacksPostgresConf(look, node)) {
            return Optional.of(
                    unmanaged(look, node, "there is no postgresql.conf").byHand(PUT_BACK));
        }
        Difference unmanaged = unmanaged(look, node, notLast(instance));
        return Optional.of(
                postgresConf(look, node).filter(ConfigDirectory::isLinked).isPresent()
                        ? asLink(unmanaged, "postgresql.conf is a symbolic link, and ")
                        : unmanaged);
    }

    /** As far as the server tells: it is asked for some of its settings, and knows nothing of a file behind a broken line. */
    private static String notLast(InstanceState instance) {
        List<FileEntry> entries = instance.server()
                .filter(server -> server.configErrors().isEmpty())
                .flatMap(ServerFacts::fileEntries)
                .orElse(List.of());
        int last = entries.size() - 1;
        while (last >= 0 && !entries.get(last).isIn(ConfigurationFile.PGHERDER)) {
            last--;
        }
        return entries.stream()
                .skip(last + 1L)
                .filter(entry -> !entry.isIn(ConfigurationFile.ALTER_SYSTEM))
                .findFirst()
                .filter(entry -> entries.stream().anyMatch(each -> each.isIn(ConfigurationFile.PGHERDER)))
                .map(entry -> "after it stands " + entry.name() + " = " + entry.told() + " in " + entry.origin())
                .orElse("its postgresql.conf has no such line, or others after it");
    }

    private static Difference unmanaged(SideBySide look, NodeName node, String observed) {
        return Difference.of(look.subject(node), DriftKind.NOT_MANAGED, SETTINGS, MANAGED, observed);
    }

    /** A server follows one, and no agent writes through it: what it leads to is somebody's. */
    private static Stream<Difference> links(SideBySide look, NodeName node, InstanceState instance) {
        Stream<Difference> settings = instance.managedSettings().stream()
                .filter(ConfigFile::symbolicLink)
                .map(file -> link(look, node, SETTINGS, file));
        Stream<Difference> hba = instance.hba().stream()
                .filter(file -> file.symbolicLink() && look.topology().hba().isPresent())
                .map(file -> link(look, node, FieldPath.of("hba"), file));
        return Stream.concat(settings, hba);
    }

    private static Difference link(SideBySide look, NodeName node, FieldPath path, ConfigFile file) {
        return asLink(
                Difference.of(
                        look.subject(node),
                        DriftKind.NOT_MANAGED,
                        path,
                        file.path() + " is a file of its own",
                        "it is a symbolic link"),
                "");
    }

    private static Difference asLink(Difference difference, String why) {
        return difference
                .because(why + "agents do not write through links: a change of it is refused")
                .byHand("put a copy of what it leads to in its place");
    }

    private static Optional<ConfigDirectory> postgresConf(SideBySide look, NodeName node) {
        return look.ground(node).flatMap(Ground::configDirectory);
    }

    private static boolean lacksPostgresConf(SideBySide look, NodeName node) {
        return postgresConf(look, node)
                .filter(directory -> !directory.hasPostgresConf())
                .isPresent();
    }

    /** Where a value differs for that reason, that is told, with this as its cause. */
    private static Optional<Difference> notLoaded(SideBySide look, NodeName node, InstanceState instance) {
        SettingsDrift drift = look.settingsDrift(node);
        boolean isToldOtherwise = !drift.isWritten()
                || !drift.unloaded().isEmpty()
                || !drift.awaitingRestart().isEmpty();
        if (drift.loaded() || isToldOtherwise) {
            return Optional.empty();
        }
        FileErrors errors = instance.server().map(ServerFacts::configErrors).orElse(FileErrors.NONE);
        boolean isUnclear = errors.isEmpty()
                && instance.managedSettings()
                        .filter(file -> UnclearLoad.isOf(instance, file))
                        .isPresent();
        if (isUnclear) {
            return Optional.of(notLoaded(look, node, "nobody knows whether the server has read it")
                    .because(UnclearLoad.CAUSE));
        }
        return Optional.of(notLoaded(look, node, "the server has not read it since it was written")
                .because(
                        errors.isEmpty()
                                ? "nobody has reloaded since"
                                : "a broken line voids every reload: "
                                        + errors.first().words()));
    }

    private static Difference notLoaded(SideBySide look, NodeName node, String observed) {
        return Difference.of(
                look.subject(node), DriftKind.SETTINGS_NOT_LOADED, SETTINGS, "pgherder.conf as it is", observed);
    }

    private static Stream<Difference> broken(SideBySide look, NodeName node, InstanceState instance) {
        BrokenLines errors =
                new BrokenLines(instance.server().map(ServerFacts::configErrors).orElse(FileErrors.NONE));
        return errors.each(error -> !isMendedByWriting(instance, error)).map(error -> {
            Difference difference = Difference.of(
                            look.subject(node),
                            DriftKind.BROKEN_CONFIGURATION,
                            SETTINGS,
                            "configuration files that the server can read",
                            errors.words(error))
                    .because("with it, a reload takes nothing of any file, and the next start fails");
            return isMendedByWriting(instance, error) ? difference : difference.byHand(whatToDo(look, node, error));
        });
    }

    /** No step writes pg_ident.conf but one that writes pg_hba.conf, and of its lines only the agent's own. */
    private static Stream<Difference> brokenMaps(SideBySide look, NodeName node, InstanceState instance) {
        BrokenLines errors =
                new BrokenLines(instance.server().map(ServerFacts::identErrors).orElse(FileErrors.NONE));
        return errors.each(error -> true)
                .map(error -> Difference.of(
                                look.subject(node),
                                DriftKind.BROKEN_CONFIGURATION,
                                FieldPath.of("nodes", node),
                                "maps of names that the server can read",
                                errors.words(error))
                        .because("with it, a reload keeps the former maps, and the next start has none")
                        .byHand(
                                error.unopened().isPresent()
                                        ? "let the account of the server read it, and reload"
                                        : "correct the line, and reload: apply changes nothing of other lines than the"
                                                + " agent's own"));
    }

    private static String whatToDo(SideBySide look, NodeName node, FileError error) {
        if (error.unopened().isEmpty()) {
            return "correct the line: the file is not pgherder's";
        }
        if (error.isAbout(ConfigurationFile.PGHERDER)) {
            return "let the account of the server read it, and reload";
        }
        if (error.file().isPresent()) {
            return "is it there, and may the account of the server read it? Or take away the line that includes it;"
                    + " and reload";
        }
        return lacksPostgresConf(look, node) ? PUT_BACK : "let the account of the server read it, and reload";
    }

    /** A line of pgherder.conf, or one that includes it and does not find it; what cannot be read is not written over. */
    private static boolean isMendedByWriting(InstanceState instance, FileError error) {
        return !instance.couldNotRead(ConfigurationFile.PGHERDER) && error.isAbout(ConfigurationFile.PGHERDER);
    }
}
