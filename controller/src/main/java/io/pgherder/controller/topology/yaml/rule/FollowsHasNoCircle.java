package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.pgherder.controller.topology.TopologyProblem.FOLLOWS_CIRCLE;

/** Every standby reaches the primary by going up. A circle is reported once, at its first node. */
final class FollowsHasNoCircle implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        Set<String> settled = new HashSet<>();
        for (NodeDraft start : draft.nodes()) {
            Map<String, NodeDraft> way = new LinkedHashMap<>();
            Optional<NodeDraft> at = Optional.of(start);
            while (at.isPresent()
                    && !settled.contains(at.get().name())
                    && !way.containsKey(at.get().name())) {
                way.put(at.get().name(), at.get());
                at = draft.upstreamOf(at.get());
            }
            at.map(NodeDraft::name).filter(way::containsKey).ifPresent(again -> report(from(again, way), problems));
            settled.addAll(way.keySet());
        }
    }

    private static List<NodeDraft> from(String name, Map<String, NodeDraft> way) {
        return way.values().stream()
                .dropWhile(node -> !node.name().equals(name))
                .toList();
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
