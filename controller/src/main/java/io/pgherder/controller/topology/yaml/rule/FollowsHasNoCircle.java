package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.pgherder.controller.topology.TopologyProblem.FOLLOWS_CIRCLE;

/** Every standby reaches the primary by going up. A circle is reported once, at its first node. */
final class FollowsHasNoCircle implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        Set<NodeDraft> settled = new HashSet<>();
        for (NodeDraft start : draft.nodes()) {
            List<NodeDraft> way = new ArrayList<>();
            Optional<NodeDraft> at = Optional.of(start);
            while (at.isPresent() && !settled.contains(at.get()) && !way.contains(at.get())) {
                way.add(at.get());
                at = draft.upstreamOf(at.get());
            }
            if (at.isPresent() && way.contains(at.get())) {
                report(way.subList(way.indexOf(at.get()), way.size()), problems);
            }
            settled.addAll(way);
        }
    }

    private static void report(List<NodeDraft> circle, Problems problems) {
        NodeDraft first = circle.get(0);
        first.follows()
                .ifPresent(follows -> problems.add(
                        circle.size() == 1
                                ? follows.problem(FOLLOWS_CIRCLE, "node \"" + first.name() + "\" follows itself")
                                        .hint("leave \"follows\" out to follow the primary")
                                : follows.problem(FOLLOWS_CIRCLE, "nodes follow each other in a circle")
                                        .detail(circle.stream()
                                                        .map(NodeDraft::name)
                                                        .collect(Collectors.joining(" follows "))
                                                + " follows " + first.name())
                                        .hint("which of them should follow the primary? Leave its \"follows\" out")));
    }
}
