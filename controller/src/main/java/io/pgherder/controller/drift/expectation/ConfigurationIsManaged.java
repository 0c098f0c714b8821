package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every instance has its postgresql.conf where that is declared, and reads pgherder.conf as the last line of it. */
final class ConfigurationIsManaged implements Expectation {
    private static final FieldPath SETTINGS = FieldPath.of("settings");
    private static final String MANAGED = "reads pgherder.conf, by the last line of postgresql.conf";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream().flatMap(instance -> unmet(look, node, instance)));
    }

    private static Stream<Difference> unmet(SideBySide look, NodeName node, InstanceState instance) {
        return elsewhere(look, node).or(() -> unmanaged(look, node, instance)).stream();
    }

    /** Then what pgherder.conf in the declared directory says is of no use to the server. */
    private static Optional<Difference> elsewhere(SideBySide look, NodeName node) {
        Optional<ConfigDirectory> directory = PostgresqlConf.of(look, node);
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
        if (PostgresqlConf.isMissing(look, node)) {
            return Optional.of(
                    unmanaged(look, node, "there is no postgresql.conf").byHand(PostgresqlConf.PUT_BACK));
        }
        Difference unmanaged = unmanaged(look, node, notLast(instance));
        return Optional.of(
                PostgresqlConf.of(look, node).filter(ConfigDirectory::isLinked).isPresent()
                        ? ManagedFilesAreNoLinks.asLink(unmanaged, "postgresql.conf is a symbolic link, and ")
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
}
