package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every node can be looked at, its server answers, and nothing of it is hidden; a host without nodes can be looked at, too. */
final class EveryNodeIsSeen implements Expectation {
    /** What an agent could not see and nothing is compared with: the size of the databases. */
    private static final Set<String> OF_NO_MATTER = Set.of("INSPECT-005");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return Stream.concat(
                look.nodes().stream()
                        .flatMap(node -> problems(look, node).map(why -> new Unseen(look.subject(node), why))),
                look.hosts().stream()
                        .filter(HostObservation.Silent.class::isInstance)
                        .map(HostObservation.Silent.class::cast)
                        .filter(host -> look.topology().nodes().stream()
                                .noneMatch(node -> node.host().equals(host.host())))
                        .map(host -> new Unseen(new Subject(Optional.empty(), host.host()), host.why())));
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
