package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The nodes that a person wants to deal with now. It says nothing of what is looked at and judged: that is always the whole cluster.
 *
 * @param nodes in the order in which they were typed; empty: there is no limit
 */
public record Limit(List<NodeName> nodes) {
    public static final String OPTION = "--limit";
    public static final Limit NONE = new Limit(List.of());

    public Limit {
        nodes = List.copyOf(nodes);
    }

    public boolean takes(NodeName node) {
        return nodes.isEmpty() || nodes.contains(node);
    }

    /** As it is typed, {@code --limit pg3,pg4} in two words; none if there is no limit. */
    public List<String> words() {
        return nodes.isEmpty()
                ? List.of()
                : List.of(OPTION, nodes.stream().map(NodeName::value).collect(Collectors.joining(",")));
    }

    @Override
    public String toString() {
        return String.join(" ", words());
    }
}
