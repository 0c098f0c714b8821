package io.pgherder.controller.plan;

import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What agents are already doing for the cluster, set against what is wanted: a wanted step that is under way is attached to, not
 * started again; anything else stands in the way.
 */
record UnderWay(List<ProposedStep> steps, Map<ProposedStep, String> attachTo, List<Problem> unwanted) {

    static UnderWay match(Situation situation, List<ProposedStep> proposed) {
        List<ProposedStep> steps = new ArrayList<>(proposed);
        Map<ProposedStep, String> attachTo = new HashMap<>();
        List<Problem> unwanted = new ArrayList<>();
        for (NodeName node : situation.nodes()) {
            for (RunningOperation operation : situation.operations(node)) {
                Optional<ProposedStep> wanted = steps.stream()
                        .filter(step -> step.node().equals(node) && isSame(step, operation))
                        .findFirst();
                if (wanted.isPresent()) {
                    ProposedStep running = alreadyRunning(wanted.get(), operation);
                    steps.set(steps.indexOf(wanted.get()), running);
                    attachTo.put(running, operation.operationId());
                } else {
                    unwanted.add(busy(node, operation));
                }
            }
        }
        return new UnderWay(List.copyOf(steps), attachTo, unwanted);
    }

    private static boolean isSame(ProposedStep step, RunningOperation operation) {
        return step.action().verb().equals(operation.verb())
                && step.action().fingerprint().equals(operation.fingerprint());
    }

    /** It waits for nothing any more that it would only prefer to come first. */
    private static ProposedStep alreadyRunning(ProposedStep step, RunningOperation operation) {
        Reason reason = new Reason(
                "already running since " + operation.since(), step.reason().declared());
        return new ProposedStep(step.action(), reason, step.alsoNeeds(), Set.of());
    }

    private static Problem busy(NodeName node, RunningOperation operation) {
        return Problem.of(PlanProblem.BUSY, "the agent of " + node + " is busy with something else")
                .about(node.value())
                .detail("running: " + operation.verb() + ", operation " + operation.operationId() + ", since "
                        + operation.since())
                .hint("it ends by itself: wait for it and run the same command again");
    }
}
