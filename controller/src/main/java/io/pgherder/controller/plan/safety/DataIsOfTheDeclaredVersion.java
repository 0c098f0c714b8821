package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** Programs of one major version cannot run the data of another. */
final class DataIsOfTheDeclaredVersion implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        int declared = situation.topology().postgres().majorVersion();
        return situation.nodes().stream()
                .filter(situation::isInstalled)
                .flatMap(node -> situation.ground(node).map(Ground::dataDir).stream()
                        .filter(directory -> directory.majorVersion() != declared)
                        .map(directory -> problem(node, directory, declared)))
                .toList();
    }

    private static Problem problem(NodeName node, DirectoryFacts directory, int declared) {
        return Problem.of(
                        PreflightProblem.OTHER_VERSION,
                        node + " has data of PostgreSQL " + directory.majorVersion() + ", not " + declared)
                .about(node.value())
                .detail("data directory: " + directory.path())
                .detail("declared: postgres.version " + declared)
                .hint("is postgres.version right, and is this the directory that is meant?");
    }
}
