package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/** A copy that fills the disk helps nobody: its source's size and some WAL must fit where it goes. */
final class CopiesFit implements SafetyCheck {
    private static final long MEGABYTE = 1L << 20;

    /** What initdb makes, roughly. */
    private static final long NEW_INSTANCE_BYTES = 64 * MEGABYTE;

    /** Four segments. */
    private static final long WAL_BYTES = 64 * MEGABYTE;

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> situation.isEmpty(node) && !situation.isBeingMade(node))
                .flatMap(node -> situation.ground(node).stream()
                        .flatMap(ground -> problems(node, ground, copiedBytes(situation, node))))
                .toList();
    }

    /** As far as the source can say. */
    private static long copiedBytes(Situation situation, NodeName node) {
        return node.equals(situation.primary())
                ? NEW_INSTANCE_BYTES
                : situation
                        .server(situation.firstUpstream(node))
                        .map(ServerFacts::databaseBytes)
                        .orElse(NEW_INSTANCE_BYTES);
    }

    private static Stream<Problem> problems(NodeName node, Ground ground, long copiedBytes) {
        if (ground.walDir().isEmpty()) {
            return lacking(node, ground.dataDir(), copiedBytes + WAL_BYTES);
        }
        return Stream.concat(
                lacking(node, ground.dataDir(), copiedBytes),
                lacking(node, ground.walDir().get(), WAL_BYTES));
    }

    private static Stream<Problem> lacking(NodeName node, DirectoryFacts directory, long neededBytes) {
        if (directory.freeBytes() >= neededBytes) {
            return Stream.of();
        }
        return Stream.of(Problem.of(PreflightProblem.NO_SPACE, "there is not enough space for " + node)
                .about(node.value())
                .detail(directory.path() + ": " + megabytes(directory.freeBytes()) + " free, " + megabytes(neededBytes)
                        + " needed")
                .hint("free some space, or declare a directory on another file system"));
    }

    private static String megabytes(long bytes) {
        return (bytes + MEGABYTE - 1) / MEGABYTE + " MB";
    }
}
