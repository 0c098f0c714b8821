package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An instance that is there but tells nothing could be anything, a primary too. And a file that cannot be read is not one that is missing:
 * what would be written anew may be as declared, and may not be for us to write.
 */
final class InstancesCanBeJudged implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.instance(node).stream()
                        .flatMap(instance -> problem(situation, node, instance).stream()))
                .toList();
    }

    private static Optional<Problem> problem(Situation situation, NodeName node, InstanceState instance) {
        return whatIsUnclear(instance)
                .map(unclear -> problem("cannot tell what " + node + " is", node, instance, unclear))
                .or(() -> unreadFile(situation, instance)
                        .map(unread -> problem("cannot tell how " + node + " is configured", node, instance, unread)));
    }

    private static Optional<String> unreadFile(Situation situation, InstanceState instance) {
        return Stream.concat(
                        Stream.of(ConfigurationFile.PGHERDER, ConfigurationFile.POSTGRESQL),
                        situation.topology().hba().stream().map(rules -> ConfigurationFile.HBA))
                .filter(instance::couldNotRead)
                .findFirst()
                .map(file -> "its " + file + " is there and could not be read");
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
            case STARTING, CLOSED, STOPPED -> Optional.empty();
        };
    }

    private static Problem problem(String summary, NodeName node, InstanceState instance, String unclear) {
        Problem problem = Problem.of(PreflightProblem.INSTANCE_UNCLEAR, summary)
                .about(node.value())
                .detail(unclear);
        for (Problem why : instance.problems()) {
            problem = problem.detail(why.summary() + "  [" + why.code() + "]").details(why.details());
        }
        return problem.hint(instance.problems().stream()
                .map(Problem::hint)
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("run the same command again; if it stays so, what does the server's log say?"));
    }
}
