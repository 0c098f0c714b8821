package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL does not start in a data directory of another account, so nothing is stopped that is to start in one, and only that account
 * can change it. What is open to others is closed by a step before.
 */
final class ServersComeUpAgain implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        List<NodeName> restarting = RestartOrder.restarting(situation);
        return situation.nodes().stream()
                .filter(situation::isInstalled)
                .filter(node -> restarting.contains(node) || !situation.runs(node))
                .flatMap(node -> problem(situation, node).stream())
                .toList();
    }

    private static Optional<Problem> problem(Situation situation, NodeName node) {
        Optional<DirectoryFacts> directory = situation.ground(node).map(Ground::dataDir);
        Optional<String> account = situation.answerOf(node).map(Answered::account);
        return directory.flatMap(data -> account.filter(data::belongsToAnotherThan)
                .map(own -> Problem.of(
                                PreflightProblem.DIRECTORY_OF_ANOTHER,
                                node + " would not start: its data directory belongs to another account")
                        .about(node.value())
                        .detail(data.path() + " belongs to " + data.owner() + ", the agent runs as " + own)
                        .hint("chown -R " + own + " " + data.path())));
    }
}
