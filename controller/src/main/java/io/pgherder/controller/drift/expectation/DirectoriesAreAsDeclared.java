package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.OpenDirectory;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.WalElsewhere;
import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/** The WAL of every instance is where it is declared, and its directories are its account's own, closed to others. */
final class DirectoriesAreAsDeclared implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .filter(look::isInstalled)
                .flatMap(node -> look.ground(node).stream().flatMap(ground -> unmet(look, node, ground)));
    }

    private static Stream<Difference> unmet(SideBySide look, NodeName node, Ground ground) {
        return Stream.of(
                        WalElsewhere.of(look, node).map(wal -> walElsewhere(look, wal)).stream(),
                        access(look, node, ground, InstanceDirectory.DATA),
                        access(look, node, ground, InstanceDirectory.WAL))
                .flatMap(differences -> differences);
    }

    private static Difference walElsewhere(SideBySide look, WalElsewhere wal) {
        return Difference.of(
                        look.subject(wal.node()),
                        DriftKind.WAL_DIRECTORY_ELSEWHERE,
                        FieldPath.of("nodes", wal.node(), "wal_dir"),
                        "WAL in " + wal.declared(),
                        wal.observed())
                .byHand(wal.advice(look));
    }

    private static Stream<Difference> access(
            SideBySide look, NodeName node, Ground ground, InstanceDirectory directory) {
        return Stream.concat(
                OpenDirectory.of(look, node, directory).map(open -> mode(look, node, open)).stream(),
                directory
                        .on(ground)
                        .filter(facts -> facts.content() == DirectoryFacts.Content.INSTANCE)
                        .flatMap(facts -> owner(look, node, FieldPath.of("nodes", node, directory.key()), facts))
                        .stream());
    }

    /** Its own account closes it. */
    private static Difference mode(SideBySide look, NodeName node, OpenDirectory open) {
        String path = open.facts().path();
        Difference difference = Difference.of(
                look.subject(node),
                DriftKind.DIRECTORY_ACCESS,
                open.path(node),
                path + " with mode 0700 or 0750",
                open.mode());
        return open.isOwn() ? difference : difference.byHand("chmod 0700 " + path);
    }

    private static Optional<Difference> owner(
            SideBySide look, NodeName node, FieldPath path, DirectoryFacts directory) {
        return look.answerOf(node)
                .map(Answered::account)
                .filter(directory::belongsToAnotherThan)
                .map(account -> Difference.of(
                                look.subject(node),
                                DriftKind.DIRECTORY_ACCESS,
                                path,
                                directory.path() + " owned by " + account,
                                "owned by " + directory.owner())
                        .byHand("chown -R " + account + " " + directory.path()));
    }
}
