package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.BrokenLines;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.MendedByWriting;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/** No configuration file of a server is broken, nor any that is included: settings and maps of names. The rules are told with what is declared of them. */
final class ConfigurationFilesAreReadable implements Expectation {
    private static final FieldPath SETTINGS = FieldPath.of("settings");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream()
                        .flatMap(instance ->
                                Stream.concat(broken(look, node, instance), brokenMaps(look, node, instance))));
    }

    private static Stream<Difference> broken(SideBySide look, NodeName node, InstanceState instance) {
        BrokenLines errors = new BrokenLines(instance.settingsErrors());
        MendedByWriting mended = new MendedByWriting(look, node);
        return errors.each(error -> !mended.isSo(error)).map(error -> {
            Difference difference = Difference.of(
                            look.subject(node),
                            DriftKind.BROKEN_CONFIGURATION,
                            SETTINGS,
                            "configuration files that the server can read",
                            errors.words(error))
                    .because("with it, a reload takes nothing of any file, and the next start fails");
            return mended.isSo(error) ? difference : difference.byHand(whatToDo(look, node, error));
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
        if (new MendedByWriting(look, node).isDeclared(error)) {
            return "correct it under settings in the topology file";
        }
        boolean runs = look.server(node).isPresent();
        if (error.unopened().isEmpty() && error.file().isEmpty()) {
            return "correct it where it is set: in postgresql.conf, a file that it includes, or postgresql.auto.conf";
        }
        if (error.unopened().isEmpty()) {
            return error.isAbout(ConfigurationFile.PGHERDER)
                    ? "see what stands there in the place of the file, and remove it: apply writes the file anew"
                    : "correct the line: the file is not pgherder's";
        }
        if (error.isAbout(ConfigurationFile.PGHERDER)) {
            return "let the account of the server read it, and reload";
        }
        if (error.file().isPresent() || (!runs && !PostgresqlConf.isMissing(look, node))) {
            return "is it there, and may the account of the server read it? Or take away the line that includes it"
                    + (runs ? "; and reload" : "");
        }
        return PostgresqlConf.isMissing(look, node)
                ? PostgresqlConf.PUT_BACK
                : "let the account of the server read it, and reload";
    }
}
