package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Optional;

/** That the declared primary has no data, and a new one in its place would begin a second history under the same name. */
public final class LostPrimary {
    private LostPrimary() {}

    /** The standbys that have data, or are just given it, while the primary has none; empty if it has, or nobody has. */
    public static List<NodeName> othersWithData(SideBySide look) {
        return look.isEmpty(look.primary())
                ? look.standbys().stream()
                        .filter(node -> look.isInstalled(node) || look.isBeingMade(node))
                        .toList()
                : List.of();
    }

    /**
     * The agent's record of an instance that is gone, where no node of the cluster has data any more. While one has, another is cloned again
     * without harm; where none has, an empty primary is the loss of the cluster.
     */
    public static Optional<String> lastRecord(SideBySide look, NodeName node) {
        return look.isEmpty(look.primary()) && othersWithData(look).isEmpty()
                ? look.vanishedRecord(node)
                : Optional.empty();
    }
}
