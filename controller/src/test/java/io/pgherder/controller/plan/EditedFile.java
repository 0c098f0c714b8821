package io.pgherder.controller.plan;

import io.pgherder.controller.simulation.RandomCluster;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.Random;

/** Other files for a cluster that there is, as chance would have them. */
final class EditedFile {
    private EditedFile() {}

    /**
     * Another file for the same nodes and some more. max_connections and the other parameters that a
     * standby must not set lower than its primary only grow; slots made for standbys that
     * lag cannot bring back WAL that nobody kept for them.
     */
    static Topology edited(Topology present, Random random) {
        Topology other = editedAtRest(present, random);
        int before = maxConnections(present);
        return maxConnections(other) >= before ? other : withMaxConnections(other, before);
    }

    /** Where all standbys stream and none is added, max_connections may shrink too. */
    static Topology editedAtRest(Topology present, Random random) {
        Topology other = new RandomCluster(random)
                .topology(
                        present.nodes().size() + random.nextInt(3),
                        present.replication().slots());
        int before = maxConnections(present);
        int after = maxConnections(other);
        boolean noneIsAdded = other.nodes().size() == present.nodes().size();
        return after >= before || noneIsAdded ? other : withMaxConnections(other, before);
    }

    static boolean isAboutToShrink(SimulatedCluster cluster) {
        String inForce = cluster.node(cluster.topology().primary()).inForce.getOrDefault("max_connections", "0");
        return maxConnections(cluster.topology()) < Integer.parseInt(inForce);
    }

    static int maxConnections(Topology topology) {
        return Integer.parseInt(topology.node(topology.primary()).settings().getOrDefault("max_connections", "0"));
    }

    static Topology withMaxConnections(Topology topology, int value) {
        return TopologyBuilder.withSetting(topology, "max_connections", Integer.toString(value));
    }
}
