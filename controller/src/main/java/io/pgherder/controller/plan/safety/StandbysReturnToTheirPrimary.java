package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * After a restart of the primary as many standbys stream again as its commits wait for. A standby whose replay is paused goes on to receive, and
 * once its connection has ended it makes no new one before it has replayed all that it has: then commits wait until somebody resumes it. One
 * that restarts itself is not paused any more.
 *
 * @see <a href="https://www.postgresql.org/docs/15/warm-standby.html#STANDBY-SERVER-OPERATION">standby server operation</a>
 */
final class StandbysReturnToTheirPrimary implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        NodeName primary = situation.primary();
        List<NodeName> restarting = RestartOrder.restarting(situation);
        if (!restarting.contains(primary)) {
            return List.of();
        }
        List<NodeName> paused = situation.standbys().stream()
                .filter(standby -> !restarting.contains(standby))
                .filter(standby -> situation
                        .server(standby)
                        .filter(ServerFacts::replayPaused)
                        .isPresent())
                .toList();
        return situation.server(primary).flatMap(server -> problem(primary, server, paused)).stream()
                .toList();
    }

    private static Optional<Problem> problem(NodeName primary, ServerFacts server, List<NodeName> paused) {
        return SynchronousStandbys.waitedFor(server)
                .filter(rule -> waitsForOne(rule, server, paused))
                .map(rule -> Problem.of(
                                PreflightProblem.REPLAY_PAUSED,
                                primary + " is to restart, and commits would wait for standbys whose replay is paused")
                        .about(primary.value())
                        .detail(
                                "paused: "
                                        + paused.stream().map(NodeName::value).collect(Collectors.joining(", "))
                                        + "; once disconnected, they do not stream before they have replayed all that they have")
                        .hint("SELECT pg_wal_replay_resume() on them, then run the same command again"));
    }

    /** Enough confirm now, and not without them. */
    private static boolean waitsForOne(SynchronousStandbys rule, ServerFacts server, List<NodeName> paused) {
        Set<String> confirming = Set.copyOf(rule.confirmations(server).confirming());
        long returning = confirming.stream()
                .filter(name -> paused.stream().noneMatch(node -> node.value().equals(name)))
                .count();
        return confirming.size() >= rule.count() && returning < rule.count();
    }
}
