package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** An agent that does not know a verb of the plan would leave it half done. */
final class AgentsAreNewEnough implements SafetyCheck {
    /** The verbs of this version are all in the first protocol. */
    private static final int NEEDED = 1;

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.hosts().stream()
                .filter(HostObservation.Answered.class::isInstance)
                .map(HostObservation.Answered.class::cast)
                .filter(host -> host.protocol() < NEEDED)
                .map(AgentsAreNewEnough::problem)
                .toList();
    }

    private static Problem problem(HostObservation.Answered host) {
        return Problem.of(PreflightProblem.AGENT_TOO_OLD, "the agent of " + host.host() + " is too old")
                .about(host.host())
                .detail("agent version " + host.agentVersion() + ", protocol " + host.protocol() + "; needed: protocol "
                        + NEEDED)
                .hint("install the agent of this pgherder on " + host.host());
    }
}
