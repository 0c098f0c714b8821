package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** PostgreSQL does not start in a data directory that is open to others, so nothing is stopped that is to start in one. */
final class ServersComeUpAgain implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        List<NodeName> restarting = RestartOrder.restarting(situation);
        return situation.nodes().stream()
                .filter(node -> restarting.contains(node) || (situation.isInstalled(node) && !situation.runs(node)))
                .flatMap(node ->
                        situation
                                .ground(node)
                                .map(Ground::dataDir)
                                .flatMap(directory -> open(node, directory))
                                .stream())
                .toList();
    }

    private static Optional<Problem> open(NodeName node, DirectoryFacts directory) {
        return directory.isClosedToOthers()
                ? Optional.empty()
                : Optional.of(Problem.of(
                                PreflightProblem.DIRECTORY_OPEN,
                                node + " would not start: its data directory is open to others")
                        .about(node.value())
                        .detail(String.format(Locale.ROOT, "%s has mode %04o", directory.path(), directory.mode()))
                        .hint("chmod 0700 " + directory.path()));
    }
}
