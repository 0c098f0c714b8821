package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** An agent that answers and yet cannot say what is there leaves its node unknown, and unknown is not empty. */
final class EveryNodeIsSeen implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> situation.answerOf(node).isPresent())
                .map(situation::observation)
                .filter(NodeObservation.Unreachable.class::isInstance)
                .map(NodeObservation.Unreachable.class::cast)
                .map(EveryNodeIsSeen::problem)
                .toList();
    }

    private static Problem problem(NodeObservation.Unreachable node) {
        return Problem.of(PreflightProblem.NODE_UNSEEN, "could not look at " + node.node())
                .about(node.node().value())
                .detail(node.why().summary() + "  [" + node.why().code() + "]")
                .details(node.why().details())
                .hint(node.why().hint());
    }
}
