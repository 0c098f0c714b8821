package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.SourceCapacity;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A copy has its tablespaces at the same paths as its source: on one host they would collide, and nobody declares where else. */
final class SourcesHaveNoTablespaces implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return SourceCapacity.all(situation).stream()
                .flatMap(source -> situation.server(source.node()).stream()
                        .filter(server -> !server.tablespaces().isEmpty())
                        .map(server -> problem(source, server)))
                .toList();
    }

    private static Problem problem(SourceCapacity source, ServerFacts server) {
        String copies = source.copies().stream().map(NodeName::value).collect(Collectors.joining(", "));
        return Problem.of(PreflightProblem.TABLESPACES, "cannot clone from " + source.node() + ": it has tablespaces")
                .about(source.node().value())
                .detail("to be cloned: " + copies)
                .detail("tablespaces: " + String.join(", ", server.tablespaces()))
                .hint(
                        "pgherder cannot map tablespaces yet; clone by hand, or move their tables to pg_default and drop them");
    }
}
