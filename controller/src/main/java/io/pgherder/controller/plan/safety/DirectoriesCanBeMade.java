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
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> situation.isEmpty(node) && !situation.isBeingMade(node))
                .flatMap(node -> problems(situation, node))
                .toList();
    }

    private static Stream<Problem> problems(Situation situation, NodeName node) {
        return situation
                .ground(node)
                .map(ground -> Stream.concat(
                                obstacle("data directory", ground.dataDir()).stream(),
                                ground.walDir().flatMap(wal -> obstacle("WAL directory", wal)).stream())
                        .map(obstacle -> problem(situation, node, obstacle)))
                .orElse(Stream.of());
    }

    private static Optional<String> obstacle(String what, DirectoryFacts directory) {
        String where = what + " " + directory.path();
        return switch (directory.content()) {
            case ABSENT, EMPTY ->
                directory.usable() ? Optional.empty() : Optional.of(where + " cannot be made: " + directory.obstacle());
            case INSTANCE -> Optional.of(where + " belongs to an instance");
            case FOREIGN ->
                Optional.of(
                        where + " is not empty" + (directory.obstacle().isEmpty() ? "" : ": " + directory.obstacle()));
            case UNREADABLE ->
                Optional.of(where + " cannot be read"
                        + (directory.obstacle().isEmpty() ? "" : ": " + directory.obstacle()));
        };
    }

    private static Problem problem(Situation situation, NodeName node, String obstacle) {
        String host = situation.topology().node(node).host();
        return Problem.of(PreflightProblem.DIRECTORY_UNUSABLE, "there is no room for " + node + " on " + host)
                .about(node.value())
                .detail(obstacle)
                .hint("pgherder never deletes what it did not create: move it away, or declare another directory");
    }
}
