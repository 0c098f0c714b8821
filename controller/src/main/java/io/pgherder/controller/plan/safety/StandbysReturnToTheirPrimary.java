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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * After a restart of the primary as many standbys stream again as its commits wait for. A standby whose replay is paused or delayed goes on to
 * receive, and once its connection has ended it makes no new one before it has replayed all that it has: then commits wait until somebody
 * resumes it, or until the delay is over. One that restarts itself is not paused any more.
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
        List<NodeName> paused = standbys(situation, ServerFacts::replayPaused).stream()
                .filter(standby -> !restarting.contains(standby))
                .toList();
        List<NodeName> delayed = standbys(situation, ServerFacts::delaysReplay).stream()
                .filter(standby -> !paused.contains(standby))
                .toList();
        return situation.server(primary).flatMap(server -> problem(primary, server, paused, delayed)).stream()
                .toList();
    }

    private static List<NodeName> standbys(Situation situation, Predicate<ServerFacts> which) {
        return situation.standbys().stream()
                .filter(standby -> situation.server(standby).filter(which).isPresent())
                .toList();
    }

    private static Optional<Problem> problem(
            NodeName primary, ServerFacts server, List<NodeName> paused, List<NodeName> delayed) {
        List<NodeName> late = Stream.concat(paused.stream(), delayed.stream()).toList();
        return SynchronousStandbys.waitedFor(server)
                .filter(rule -> waitsForOne(rule, server, late))
                .map(rule -> Problem.of(
                                PreflightProblem.REPLAY_PAUSED,
                                primary + " is to restart, and commits would wait for standbys whose replay is "
                                        + (paused.isEmpty() ? "delayed" : "paused"))
                        .about(primary.value())
                        .detail(
                                Stream.of(words("paused", paused), words("delayed", delayed))
                                                .flatMap(Optional::stream)
                                                .collect(Collectors.joining("; "))
                                        + "; once disconnected, they do not stream before they have replayed all that they have")
                        .hint((paused.isEmpty()
                                        ? "until they have replayed that: ALTER SYSTEM SET " + ServerFacts.APPLY_DELAY
                                                + " = 0; SELECT pg_reload_conf() on them"
                                        : "SELECT pg_wal_replay_resume() on them")
                                + ", then run the same command again"));
    }

    private static Optional<String> words(String how, List<NodeName> nodes) {
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(how + ": " + nodes.stream().map(NodeName::value).collect(Collectors.joining(", ")));
    }

    /** Enough confirm now, and not without them. */
    private static boolean waitsForOne(SynchronousStandbys rule, ServerFacts server, List<NodeName> late) {
        Set<String> confirming = Set.copyOf(rule.confirmations(server).confirming());
        long returning = confirming.stream()
                .filter(name -> late.stream().noneMatch(node -> node.value().equals(name)))
                .count();
        return confirming.size() >= rule.count() && returning < rule.count();
    }
}
