package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.plan.rule.Rule;
import io.pgherder.controller.plan.safety.SafetyCheck;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.stream.Stream;

/**
 * From what should be and what is to what to do. First every safety check speaks, and all that they find is reported together; only if
 * none objects, every rule proposes its steps, and those within the limit are put in order.
 */
public final class Planner {
    private final List<SafetyCheck> checks = SafetyCheck.all();
    private final List<Rule> rules = Rule.all();

    public Plan plan(Topology topology, ClusterObservation observation) {
        return plan(topology, observation, Limit.NONE);
    }

    /** @param limit whose nodes' steps are taken into the plan; what is in the way is judged for the whole cluster all the same */
    public Plan plan(Topology topology, ClusterObservation observation, Limit limit) {
        Situation situation = new Situation(topology, observation);
        List<Problem> dangers = checks.stream()
                .flatMap(check -> check.problems(situation).stream())
                .toList();
        if (!dangers.isEmpty()) {
            return refused(situation, limit, dangers);
        }
        List<ProposedStep> proposed =
                rules.stream().flatMap(rule -> rule.propose(situation).stream()).toList();
        UnderWay underWay = UnderWay.match(situation, proposed);
        if (!underWay.unwanted().isEmpty()) {
            return refused(situation, limit, underWay.unwanted());
        }
        WithinLimit within = WithinLimit.of(limit, underWay.steps(), situation);
        if (!within.problems().isEmpty()) {
            return refused(situation, limit, within.problems());
        }
        StepOrder.Ordered ordered = StepOrder.of(within.steps(), situation, underWay.attachTo());
        if (!ordered.problems().isEmpty()) {
            return refused(situation, limit, ordered.problems());
        }
        List<Note> notes = Stream.concat(Notes.about(situation).stream(), within.leftOut().stream())
                .toList();
        return new Plan(topology.cluster(), situation.systemIdentifier(), limit, ordered.steps(), List.of(), notes);
    }

    private static Plan refused(Situation situation, Limit limit, List<Problem> problems) {
        return new Plan(
                situation.topology().cluster(),
                situation.systemIdentifier(),
                limit,
                List.of(),
                problems,
                Notes.besideRefusals(situation));
    }
}
