package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.plan.rule.Rule;
import io.pgherder.controller.plan.safety.SafetyCheck;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.Topology;
import java.util.List;

/**
 * From what should be and what is to what to do. First every safety check speaks, and all that they find is reported together; only if
 * none objects, every rule proposes its steps, and the steps are put in order.
 */
public final class Planner {
    private final List<SafetyCheck> checks = SafetyCheck.all();
    private final List<Rule> rules = Rule.all();

    public Plan plan(Topology topology, ClusterObservation observation) {
        Situation situation = new Situation(topology, observation);
        List<Problem> dangers = checks.stream()
                .flatMap(check -> check.problems(situation).stream())
                .toList();
        if (!dangers.isEmpty()) {
            return refused(situation, dangers);
        }
        List<ProposedStep> proposed =
                rules.stream().flatMap(rule -> rule.propose(situation).stream()).toList();
        UnderWay underWay = UnderWay.match(situation, proposed);
        if (!underWay.unwanted().isEmpty()) {
            return refused(situation, underWay.unwanted());
        }
        StepOrder.Ordered ordered = StepOrder.of(underWay.steps(), situation, underWay.attachTo());
        return ordered.problems().isEmpty()
                ? new Plan(
                        topology.cluster(),
                        situation.systemIdentifier(),
                        ordered.steps(),
                        List.of(),
                        Notes.about(situation))
                : refused(situation, ordered.problems());
    }

    private static Plan refused(Situation situation, List<Problem> problems) {
        return new Plan(
                situation.topology().cluster(),
                situation.systemIdentifier(),
                List.of(),
                problems,
                Notes.about(situation));
    }
}
