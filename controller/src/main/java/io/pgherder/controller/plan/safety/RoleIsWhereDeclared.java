package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** The file says who should be primary; reality says who is. When they disagree a person decides: apply never moves the role. */
final class RoleIsWhereDeclared implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        List<NodeName> primaries = situation.tree().primaries();
        NodeName declared = situation.primary();
        if (primaries.isEmpty()) {
            return isStandby(situation, declared) ? List.of(nobody(declared)) : List.of();
        }
        return isElsewhere(situation) ? List.of(elsewhere(primaries.get(0), declared)) : List.of();
    }

    /** Another node runs as the primary, and the declared one does not. */
    static boolean isElsewhere(Situation situation) {
        List<NodeName> primaries = situation.tree().primaries();
        return !primaries.isEmpty() && !primaries.contains(situation.primary());
    }

    private static boolean isStandby(Situation situation, NodeName node) {
        return situation.instance(node).filter(InstanceState::standbySignal).isPresent()
                || situation.server(node).filter(ServerFacts::inRecovery).isPresent();
    }

    private static Problem elsewhere(NodeName actual, NodeName declared) {
        return Problem.of(PlanProblem.ROLE_ELSEWHERE, actual + " is the primary, the file says " + declared)
                .about("primary")
                .detail("apply never moves the role")
                .hint("write  primary: " + actual + "  into the file if that is how it should stay");
    }

    private static Problem nobody(NodeName declared) {
        return Problem.of(PlanProblem.NO_PRIMARY, "no node is the primary, and " + declared + " is a standby")
                .about("primary")
                .detail("the file says that " + declared + " is the primary; its directory has a standby.signal")
                .detail("apply never promotes")
                .hint("which node was the primary last, and is  primary:  right?");
    }
}
