package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.LostPrimary;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;

/** An initdb beside existing data would begin a second history under the same name. */
final class FirstPrimaryOnlyFromNothing implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        List<NodeName> others = LostPrimary.othersWithData(situation);
        return others.isEmpty()
                ? situation.nodes().stream()
                        .flatMap(node ->
                                LostPrimary.lastRecord(situation, node)
                                        .map(record -> vanished(situation, node, record))
                                        .stream())
                        .toList()
                : List.of(problem(situation, situation.primary(), others));
    }

    private static Problem vanished(Situation situation, NodeName node, String record) {
        NodeSpec declared = situation.topology().node(node);
        return Problem.of(
                        PreflightProblem.DATA_VANISHED,
                        "an instance stood in " + declared.dataDir() + " of " + node + " and is gone")
                .about(node.value())
                .detail("the agent of " + declared.host() + " installed it, as " + record + " says")
                .hint("is a file system not mounted on " + declared.host()
                        + "? If the instance is meant to be gone for good, remove that record there");
    }

    private static Problem problem(Situation situation, NodeName primary, List<NodeName> others) {
        Problem problem = Problem.of(
                        PlanProblem.PRIMARY_LOST, primary + " has no data, and it is declared as the primary")
                .about("primary");
        for (NodeName node : others) {
            problem = problem.detail(node + (situation.isBeingMade(node) ? " is being cloned" : " has data"));
        }
        if (situation.vanishedRecord(primary).isPresent()) {
            NodeSpec declared = situation.topology().node(primary);
            return problem.detail("its instance stood in " + declared.dataDir() + " and is gone")
                    .hint("is a file system not mounted on " + declared.host()
                            + "? Or is one of them the primary now? Then name it in  primary:");
        }
        return problem.hint("is one of them the primary now? Then name it in  primary:");
    }
}
