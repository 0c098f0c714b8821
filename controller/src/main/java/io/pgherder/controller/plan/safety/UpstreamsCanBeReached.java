package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.Ground.Reachability;
import io.pgherder.controller.observation.Ground.Reachability.Result;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A standby must get through to its upstream, and before that to where its copy comes from or its WAL is kept. That nobody listens there
 * is no objection while the upstream does not run yet, or while its settings are about to change.
 */
final class UpstreamsCanBeReached implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.standbys().stream()
                .flatMap(standby -> toBeReached(situation, standby)
                        .flatMap(upstream -> attempt(situation, standby, upstream).stream()
                                .filter(attempt -> isInTheWay(situation, upstream, attempt))
                                .map(attempt -> problem(situation, standby, upstream, attempt))))
                .toList();
    }

    private static Stream<NodeName> toBeReached(Situation situation, NodeName standby) {
        NodeName declared = situation.declaredUpstream(standby);
        boolean isReached = situation.tree().streamsFrom(standby).equals(Optional.of(declared))
                && situation.tree().undeclaredSender(standby).isEmpty();
        if (isReached) {
            return Stream.empty();
        }
        return situation.firstUpstream(standby).comesBeforeTheDeclared()
                ? Stream.of(situation.firstUpstream(standby).node(), declared)
                : Stream.of(declared);
    }

    private static Optional<Reachability> attempt(Situation situation, NodeName standby, NodeName upstream) {
        String address = situation.topology().hostOf(upstream).address();
        int port = situation.topology().node(upstream).port();
        return situation.ground(standby).stream()
                .flatMap(ground -> ground.reach().stream())
                .filter(attempt -> attempt.host().equals(address) && attempt.port() == port)
                .findFirst();
    }

    private static boolean isInTheWay(Situation situation, NodeName upstream, Reachability attempt) {
        return switch (attempt.result()) {
            case OPEN -> false;
            case REFUSED ->
                situation.runs(upstream)
                        && situation.isWritten(upstream)
                        && situation.settingsDrift(upstream).awaitingRestart().isEmpty();
            case UNREACHABLE -> true;
        };
    }

    private static Problem problem(Situation situation, NodeName standby, NodeName upstream, Reachability attempt) {
        String host = situation.topology().node(standby).host();
        return Problem.of(PreflightProblem.UPSTREAM_UNREACHABLE, standby + " cannot reach " + upstream)
                .about(standby.value())
                .detail("tried from " + host + ": " + attempt.host() + ":" + attempt.port() + ", "
                        + (attempt.detail().isEmpty()
                                ? attempt.result().name().toLowerCase(Locale.ROOT)
                                : attempt.detail()))
                .hint(
                        attempt.result() == Result.REFUSED
                                ? "does listen_addresses of " + upstream + " include " + attempt.host() + "?"
                                : "is there a route, and does a firewall let " + host + " through?");
    }
}
