package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.UnreachedUpstream;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A standby must get through to its upstream, and before that to where its copy comes from or its WAL is kept. That nobody listens there
 * is no objection while the upstream does not run yet, or while its settings are about to change.
 */
final class UpstreamsCanBeReached implements SafetyCheck {
    private static final String LISTEN_ADDRESSES = "listen_addresses";

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.standbys().stream()
                .flatMap(standby -> toBeReached(situation, standby)
                        .flatMap(upstream -> UnreachedUpstream.of(situation, standby, upstream).stream())
                        .filter(unreached -> isInTheWay(situation, unreached))
                        .map(unreached -> problem(standby, unreached)))
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

    /** One that refuses may be about to listen there: once it is started, or restarted with other addresses to listen at. */
    private static boolean isInTheWay(Situation situation, UnreachedUpstream unreached) {
        NodeName upstream = unreached.upstream();
        return !unreached.isRefused()
                || (situation.runs(upstream)
                        && !situation.settingsDrift(upstream).awaitingRestart().contains(LISTEN_ADDRESSES));
    }

    private static Problem problem(NodeName standby, UnreachedUpstream unreached) {
        return Problem.of(PreflightProblem.UPSTREAM_UNREACHABLE, standby + " cannot reach " + unreached.upstream())
                .about(standby.value())
                .detail("tried from " + unreached.host() + ": " + unreached.place() + ", " + unreached.outcome())
                .hint(unreached.advice());
    }
}
