package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where nodes that were taken out of the file are to go, every host was searched for them: else one of them stays unseen, and nobody looks for it
 * again. Looked at only where a person asks for that.
 */
public final class RemovedNodesAreFound implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.hosts().stream()
                .filter(Answered.class::isInstance)
                .map(Answered.class::cast)
                .flatMap(RemovedNodesAreFound::problem)
                .toList();
    }

    private static Stream<Problem> problem(Answered host) {
        return host.instances().unseen().stream()
                .map(why -> Problem.of(
                                PreflightProblem.HOST_NOT_SEARCHED,
                                "a node that was taken out of the file may be on " + host.host()
                                        + " where its agent could not look")
                        .about(host.host())
                        .detail(why.summary())
                        .details(why.details())
                        .hint("leave out " + Scope.PRUNE + " until the agent can look there"
                                + (why.hint().isEmpty() ? "" : ": " + why.hint())));
    }
}
