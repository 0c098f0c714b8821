package io.pgherder.controller.simulation;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.StartInstance;
import java.util.List;
import java.util.Optional;

/** WAL senders: all that is due may begin at once, and then nobody may be turned away because the source has none left. */
final class SimulatedSenders {
    private static final int OF_A_COPY = 2;
    private static final String DEFAULT = "10";

    private SimulatedSenders() {}

    static void check(SimulatedCluster cluster, List<Action> due) {
        for (SimulatedNode source : cluster.nodes()) {
            long streaming = cluster.nodes().stream()
                    .filter(node -> cluster.streaming().streams(node) && followsNow(cluster, node, source.name))
                    .count();
            int begun = due.stream()
                    .filter(action -> !followsNow(cluster, cluster.node(action.node()), source.name))
                    .mapToInt(action -> taken(action, source.name))
                    .sum();
            int limit = Integer.parseInt(source.inForce.getOrDefault("max_wal_senders", DEFAULT));
            if (source.running && begun > 0 && streaming + begun > limit) {
                throw new AssertionError(source.name + " has " + limit + " WAL senders; " + streaming
                        + " are in use, and what is due takes " + begun + " more");
            }
        }
    }

    private static boolean followsNow(SimulatedCluster cluster, SimulatedNode node, NodeName source) {
        return cluster.streaming()
                .upstreamOf(node)
                .filter(upstream -> upstream.name.equals(source))
                .isPresent();
    }

    private static int taken(Action action, NodeName source) {
        if (action instanceof CloneStandby clone) {
            return clone.source().node().equals(source) ? OF_A_COPY : 0;
        }
        if (action instanceof StartInstance start) {
            return start.upstream().equals(Optional.of(source)) ? 1 : 0;
        }
        return action instanceof FollowUpstream follow
                        && follow.upstream().node().equals(source)
                ? 1
                : 0;
    }
}
