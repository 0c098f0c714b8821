package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** Two primaries are two histories; which one is right, only a person can say. */
final class OnePrimary implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        List<NodeName> primaries = situation.tree().primaries();
        if (primaries.size() < 2) {
            return List.of();
        }
        Problem problem = Problem.of(PlanProblem.TWO_PRIMARIES, "more than one node runs as a primary");
        for (NodeName primary : primaries) {
            String timeline = situation
                    .timelineOf(primary)
                    .map(line -> ", timeline " + line)
                    .orElse("");
            String position = situation
                    .server(primary)
                    .flatMap(ServerFacts::flushed)
                    .map(lsn -> ", flushed " + lsn)
                    .orElse("");
            problem = problem.detail(primary + timeline + position);
        }
        return List.of(problem.hint("which one do clients write to? stop the other one first, and keep its data"));
    }
}
