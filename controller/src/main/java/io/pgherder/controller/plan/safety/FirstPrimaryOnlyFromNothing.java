package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** An initdb beside existing data would begin a second history under the same name. */
final class FirstPrimaryOnlyFromNothing implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        NodeName primary = situation.primary();
        List<NodeName> others = situation.standbys().stream()
                .filter(node -> situation.isInstalled(node) || situation.isBeingMade(node))
                .toList();
        return situation.isEmpty(primary) && !others.isEmpty()
                ? List.of(problem(situation, primary, others))
                : List.of();
    }

    private static Problem problem(Situation situation, NodeName primary, List<NodeName> others) {
        Problem problem = Problem.of(
                        PlanProblem.PRIMARY_LOST, primary + " has no data, and it is declared as the primary")
                .about("primary");
        for (NodeName node : others) {
            problem = problem.detail(node + (situation.isBeingMade(node) ? " is being cloned" : " has data"));
        }
        return problem.hint("is one of them the primary now? then name it in  primary:");
    }
}
