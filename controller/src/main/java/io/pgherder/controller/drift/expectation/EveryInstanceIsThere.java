package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.LostPrimary;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.UnusableDirectory;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/** Every node has an instance in its declared data directory. */
final class EveryInstanceIsThere implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream().filter(look::isEmpty).map(node -> missing(look, node));
    }

    private static Difference missing(SideBySide look, NodeName node) {
        String declared = "an instance in " + look.topology().node(node).dataDir();
        Optional<Listener> elsewhere = look.ground(node)
                .flatMap(Ground::listener)
                .filter(other -> other.program().equals("postgres"));
        if (!look.isBeingMade(node) && elsewhere.isPresent()) {
            return Difference.of(
                            look.subject(node),
                            DriftKind.DATA_DIRECTORY_ELSEWHERE,
                            FieldPath.of("nodes", node, "data_dir"),
                            declared,
                            "there is none, and a server on its port runs in "
                                    + elsewhere.get().directory()
                                    + (elsewhere.get().deleted() ? ", which is gone" : ""))
                    .byHand(
                            "is that the node? then correct data_dir; else stop that server, or give the node another port");
        }
        Difference missing = Difference.of(
                        look.subject(node),
                        DriftKind.INSTANCE_MISSING,
                        FieldPath.of("nodes", node),
                        declared,
                        look.ground(node).map(EveryInstanceIsThere::insteadOfIt).orElse("there is none"))
                .because(why(look, node));
        return whatToDo(look, node).map(missing::byHand).orElse(missing);
    }

    /** Where a plan is refused: it makes no primary in the place of one, and nothing where something else is. */
    private static Optional<String> whatToDo(SideBySide look, NodeName node) {
        if (node.equals(look.primary()) && !LostPrimary.othersWithData(look).isEmpty()) {
            return Optional.of("is one of the others the primary now? Then name it in  primary:");
        }
        return LostPrimary.lastRecord(look, node)
                .map(record -> "if it is meant to be gone for good, remove " + record + " on "
                        + look.topology().node(node).host())
                .or(() -> UnusableDirectory.of(look, node).stream().findFirst().map(UnusableDirectory::advice));
    }

    private static String insteadOfIt(Ground ground) {
        return switch (ground.dataDir().content()) {
            case ABSENT -> "there is no such directory";
            case EMPTY -> "the directory is empty";
            case FOREIGN -> "something else is in there";
            case INSTANCE, UNREADABLE -> "there is none yet";
        };
    }

    private static Optional<String> why(SideBySide look, NodeName node) {
        if (look.isBeingMade(node)) {
            return look.operations(node).stream()
                    .findFirst()
                    .map(operation -> operation.verb() + " is at it since " + operation.since());
        }
        return look.ground(node)
                .flatMap(Ground::vanishedRecord)
                .map(record -> "it stood there and is gone; is a file system not mounted on "
                        + look.topology().node(node).host() + "?")
                .or(() -> UnusableDirectory.of(look, node).stream().findFirst().map(UnusableDirectory::obstacle));
    }
}
