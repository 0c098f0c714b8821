package io.pgherder.controller.simulation;

import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Topologies and mishaps as chance would have them. The same seed gives the same ones. */
public final class RandomCluster {
    private static final int MOST_NODES = 9;

    /** What the largest cluster needs at least, an edited one included: copies have to be made in waves. */
    private static final int WAL_SENDERS = MOST_NODES + 2;

    private final Random random;

    public RandomCluster(Random random) {
        this.random = random;
    }

    public Topology topology() {
        return topology(2 + random.nextInt(MOST_NODES - 1), random.nextInt(7) > 0);
    }

    /**
     * pg0 is the primary; each other node follows it or a standby of higher rank, so that an edit may turn a cascade upside down. Hosts
     * have names or numbers, so that an edit may spell all addresses anew.
     */
    public Topology topology(int nodes, boolean slots) {
        TopologyBuilder builder = new TopologyBuilder().primary("pg0");
        List<String> ranked = new ArrayList<>(
                IntStream.range(1, nodes).mapToObj(node -> "pg" + node).toList());
        Collections.shuffle(ranked, random);
        List<String> followers = new ArrayList<>();
        for (int node = 1; node < nodes; node++) {
            String name = "pg" + node;
            int rank = ranked.indexOf(name);
            if (rank > 0 && random.nextInt(3) == 0) {
                builder.standby(name, ranked.get(random.nextInt(rank)));
            } else if (rank > 0 && random.nextInt(6) == 0) {
                builder.standbyClonedFrom(name, ranked.get(random.nextInt(rank)));
                followers.add(name);
            } else {
                builder.standby(name);
                followers.add(name);
            }
        }
        protect(builder, followers);
        builder.setting("max_connections", Integer.toString(50 + 10 * random.nextInt(3)));
        builder.setting("max_wal_senders", Integer.toString(WAL_SENDERS));
        builder.setting("work_mem", (1 + random.nextInt(8)) + "MB");
        if (random.nextInt(3) == 0) {
            builder.hostNames();
        }
        builder.hba(List.of(
                "host all all 127.0.0." + random.nextInt(3) + "/8 scram-sha-256",
                "host all all ::1/128 scram-sha-256"));
        return slots ? builder.build() : builder.withoutSlots().build();
    }

    private void protect(TopologyBuilder builder, List<String> followers) {
        if (followers.isEmpty()) {
            return;
        }
        Collections.shuffle(followers, random);
        int members = 1 + random.nextInt(followers.size());
        List<String> group = new ArrayList<>(followers.subList(0, members));
        group.add("pg0");
        String[] names = group.toArray(String[]::new);
        int count = 1 + random.nextInt(members);
        switch (random.nextInt(3)) {
            case 0 -> builder.any(count, names);
            case 1 -> builder.first(count, names);
            default -> builder.setting("log_checkpoints", "on");
        }
    }

    /** Whatever chance would have of them, and then time passes. */
    public void mishaps(SimulatedCluster cluster) {
        for (SimulatedNode node : cluster.nodes()) {
            for (Mishap mishap : Mishap.values()) {
                if (mishap.isDrawn(random) && mishap.mayBefall(cluster, node)) {
                    mishap.befalls(cluster, node, random);
                }
            }
        }
        cluster.timePasses();
    }

    /** This one alone, on one of the nodes that it may befall. Returns whether there is one. */
    public boolean mishap(SimulatedCluster cluster, Mishap mishap) {
        List<SimulatedNode> nodes = cluster.nodes().stream()
                .filter(node -> mishap.mayBefall(cluster, node))
                .toList();
        if (nodes.isEmpty()) {
            return false;
        }
        mishap.befalls(cluster, nodes.get(random.nextInt(nodes.size())), random);
        cluster.timePasses();
        return true;
    }
}
