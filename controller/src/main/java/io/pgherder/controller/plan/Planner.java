package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.plan.rule.RetireRemovedNodes;
import io.pgherder.controller.plan.rule.Rule;
import io.pgherder.controller.plan.safety.RemovedNodesAreFound;
import io.pgherder.controller.plan.safety.RemovedNodesAreStandbys;
import io.pgherder.controller.plan.safety.SafetyCheck;
import io.pgherder.controller.plan.safety.StepsTakeEffect;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From what should be and what is to what to do. First every safety check speaks, and all that they find is reported together; only if
 * none objects, every rule proposes its steps, and those within the limit are put in order.
 */
public final class Planner {
    private final List<SafetyCheck> checks = SafetyCheck.all();
    private final List<SafetyCheck> checksOfPruning =
            List.of(new RemovedNodesAreFound(), new RemovedNodesAreStandbys());
    private final List<Rule> rules = Rule.all();

    public Plan plan(Topology topology, ClusterObservation observation) {
        return plan(topology, observation, Scope.ALL_DECLARED);
    }

    /** @param scope what is taken into the plan; what is in the way is judged for the whole cluster all the same */
    public Plan plan(Topology topology, ClusterObservation observation, Scope scope) {
        Situation situation = new Situation(topology, observation);
        Draft draft = draft(situation, scope);
        if (!draft.problems().isEmpty()) {
            return refused(situation, scope, draft.problems());
        }
        List<Note> notes = Stream.of(
                        Notes.about(situation).stream(),
                        Notes.alsoComesInForce(situation, draft.steps()),
                        Notes.triesAgain(situation, draft.steps()),
                        Notes.bareCopies(situation, draft.steps()),
                        scope.prunes() ? Stream.<Note>empty() : Notes.leftRunning(situation),
                        draft.leftOut().stream())
                .flatMap(each -> each)
                .toList();
        return new Plan(topology.cluster(), situation.systemIdentifier(), scope, draft.steps(), List.of(), notes);
    }

    /** For which problems the plan of this scope is refused; none if it is not. */
    public List<Problem> refusals(Topology topology, ClusterObservation observation, Scope scope) {
        return draft(new Situation(topology, observation), scope).problems();
    }

    /** Either problems or steps. */
    private record Draft(List<Problem> problems, List<Step> steps, Optional<Note> leftOut) {
        static Draft refused(List<Problem> problems) {
            return new Draft(problems, List.of(), Optional.empty());
        }
    }

    private Draft draft(Situation situation, Scope scope) {
        List<Problem> dangers = Stream.concat(
                        checks.stream(), scope.prunes() ? checksOfPruning.stream() : Stream.<SafetyCheck>empty())
                .flatMap(check -> check.problems(situation).stream())
                .toList();
        if (!dangers.isEmpty()) {
            return Draft.refused(dangers);
        }
        List<ProposedStep> proposed = Stream.concat(
                        rules.stream(), scope.prunes() ? Stream.of(new RetireRemovedNodes()) : Stream.<Rule>empty())
                .flatMap(rule -> rule.propose(situation).stream())
                .toList();
        UnderWay underWay = UnderWay.match(situation, proposed);
        if (!underWay.unwanted().isEmpty()) {
            return Draft.refused(underWay.unwanted());
        }
        WithinLimit within = WithinLimit.of(scope.limit(), underWay.steps(), situation);
        if (!within.problems().isEmpty()) {
            return Draft.refused(within.problems());
        }
        List<Problem> useless = StepsTakeEffect.problems(situation, within.steps());
        if (!useless.isEmpty()) {
            return Draft.refused(useless);
        }
        StepOrder.Ordered ordered = StepOrder.of(within.steps(), situation, underWay.attachTo());
        return new Draft(ordered.problems(), ordered.steps(), within.leftOut());
    }

    private static Plan refused(Situation situation, Scope scope, List<Problem> problems) {
        return new Plan(
                situation.topology().cluster(),
                situation.systemIdentifier(),
                scope,
                List.of(),
                problems,
                Notes.besideRefusals(situation, problems));
    }
}
