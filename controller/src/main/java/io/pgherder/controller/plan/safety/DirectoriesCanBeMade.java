package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.UnusableDirectory;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** A new instance goes only where nothing is, and where its agent may write. */
final class DirectoriesCanBeMade implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> UnusableDirectory.of(situation, node).stream()
                        .map(directory -> problem(situation, node, directory)))
                .toList();
    }

    private static Problem problem(Situation situation, NodeName node, UnusableDirectory directory) {
        String host = situation.topology().node(node).host();
        return Problem.of(
                        PreflightProblem.DIRECTORY_UNUSABLE,
                        "the " + directory.what() + " of " + node + " cannot be made on " + host)
                .about(node.value())
                .detail(directory.obstacle())
                .hint(directory.advice());
    }
}
