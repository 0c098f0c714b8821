package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** An agent that does not know a verb of the plan would leave it half done. */
final class AgentsAreNewEnough implements SafetyCheck {
    /** All verbs are in the first protocol but the one that retires nodes. */
    private static final int NEEDED = 1;

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.hosts().stream()
                .filter(HostObservation.Answered.class::isInstance)
                .map(HostObservation.Answered.class::cast)
                .filter(host -> host.protocol() < NEEDED)
                .map(host -> problem(host, NEEDED))
                .toList();
    }

    static Problem problem(HostObservation.Answered host, int needed) {
        return Problem.of(PreflightProblem.AGENT_TOO_OLD, "the agent of " + host.host() + " is too old")
                .about(host.host())
                .detail("agent version " + host.agentVersion() + ", protocol " + host.protocol() + "; needed: protocol "
                        + needed)
                .hint("install the agent of this pgherder on " + host.host());
    }
}
