package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Nothing is changed while a host cannot be seen: the old primary might be there. */
final class EveryAgentAnswers implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.hosts().stream()
                .filter(HostObservation.Silent.class::isInstance)
                .map(HostObservation.Silent.class::cast)
                .map(silent -> problem(situation, silent))
                .toList();
    }

    private static Problem problem(Situation situation, HostObservation.Silent silent) {
        Problem why = silent.why();
        Problem problem = Problem.of(
                        PreflightProblem.AGENT_SILENT, "the agent of " + silent.host() + " could not be asked")
                .about(silent.host())
                .detail(why.summary() + "  [" + why.code() + "]")
                .details(why.details());
        String nodes = nodesOn(situation, silent.host());
        return nodes.isEmpty()
                ? problem.detail("not seen: whatever there is, as a node that was taken out of the file")
                        .hint("start it; or, if nothing of this cluster is there any more, take " + silent.host()
                                + " out of hosts")
                : problem.detail("not seen: " + nodes)
                        .hint(why.hint().isEmpty() ? "does the agent of " + silent.host() + " run?" : why.hint());
    }

    private static String nodesOn(Situation situation, String host) {
        return situation.topology().nodes().stream()
                .filter(node -> node.host().equals(host))
                .map(node -> node.name().value())
                .collect(Collectors.joining(", "));
    }
}
