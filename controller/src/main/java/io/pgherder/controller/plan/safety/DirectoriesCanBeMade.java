package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A new instance goes only where nothing is, and where its agent may write. */
final class DirectoriesCanBeMade implements SafetyCheck {
    private static final String DEFAULT_HINT =
            "pgherder never removes what it did not make: move it away, or declare another directory";

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .filter(situation::isToBeMade)
                .flatMap(node -> problems(situation, node))
                .toList();
    }

    private static Stream<Problem> problems(Situation situation, NodeName node) {
        return situation.ground(node).stream()
                .flatMap(ground -> Stream.concat(
                        problem(situation, node, "data directory", ground.dataDir()).stream(),
                        ground.walDir().flatMap(wal -> problem(situation, node, "WAL directory", wal)).stream()));
    }

    private static Optional<Problem> problem(
            Situation situation, NodeName node, String what, DirectoryFacts directory) {
        if (directory.usable()) {
            return Optional.empty();
        }
        String host = situation.topology().node(node).host();
        return Optional.of(Problem.of(
                        PreflightProblem.DIRECTORY_UNUSABLE,
                        "the " + what + " of " + node + " cannot be made on " + host)
                .about(node.value())
                .detail(directory.obstacle().isEmpty() ? obstacle(directory) : directory.obstacle())
                .hint(directory.obstacleHint().isEmpty() ? DEFAULT_HINT : directory.obstacleHint()));
    }

    /** Where the agent names none. */
    private static String obstacle(DirectoryFacts directory) {
        return directory.path()
                + switch (directory.content()) {
                    case ABSENT, EMPTY -> " cannot be made";
                    case INSTANCE -> " belongs to an instance";
                    case FOREIGN -> " is not empty";
                    case UNREADABLE -> " cannot be read";
                };
    }
}
