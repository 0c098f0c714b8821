package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import java.util.Set;
import java.util.stream.Stream;

/** Every node can be looked at, its server answers, and nothing of it is hidden. */
final class EveryNodeIsSeen implements Expectation {
    /** What an agent could not see and nothing is compared with: the size of the databases. */
    private static final Set<String> OF_NO_MATTER = Set.of("INSPECT-005");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> problems(look, node).map(why -> new Unseen(look.subject(node), why)));
    }

    private static Stream<Problem> problems(SideBySide look, NodeName node) {
        if (look.observation(node) instanceof Unreachable unreachable) {
            return Stream.of(unreachable.why());
        }
        return look.instance(node).map(InstanceState::problems).stream()
                .flatMap(problems -> problems.stream())
                .filter(problem -> !OF_NO_MATTER.contains(problem.code()));
    }
}
