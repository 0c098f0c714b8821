package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/** An instance that is there but tells nothing could be anything, a primary too. */
final class InstancesCanBeJudged implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.instance(node).stream()
                        .flatMap(instance ->
                                whatIsUnclear(instance).stream().map(unclear -> problem(node, instance, unclear))))
                .toList();
    }

    private static Optional<String> whatIsUnclear(InstanceState instance) {
        if (instance.control().isEmpty()) {
            return Optional.of("its control file could not be read");
        }
        return switch (instance.process()) {
            case ACCEPTING ->
                instance.server().isEmpty() ? Optional.of("its server runs and could not be asked") : Optional.empty();
            case UNKNOWN -> Optional.of("whether its server runs could not be found out");
            case STOPPING -> Optional.of("its server is shutting down");
            case STARTING, STOPPED -> Optional.empty();
        };
    }

    private static Problem problem(NodeName node, InstanceState instance, String unclear) {
        Problem problem = Problem.of(PreflightProblem.INSTANCE_UNCLEAR, "cannot tell what " + node + " is")
                .about(node.value())
                .detail(unclear);
        for (Problem why : instance.problems()) {
            problem = problem.detail(why.summary() + "  [" + why.code() + "]");
            for (String fact : why.details()) {
                problem = problem.detail(fact);
            }
        }
        return problem.hint(instance.problems().stream()
                .map(Problem::hint)
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("run the same command again; if it stays so, what does the server's log say?"));
    }
}
