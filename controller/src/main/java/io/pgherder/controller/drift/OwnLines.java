package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.Topology;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * What the agent writes into a node's pgherder.conf by itself, beside what a standby follows: where the node is, what it is called, that a
 * standby takes connections and goes over to the timeline of a new primary, and where sockets are. The next start puts it in force, whatever
 * that is for.
 *
 * @param sockets where the agent has instances put their sockets if that is not declared; empty: it does not say
 */
public record OwnLines(Topology topology, NodeName node, Optional<String> sockets) {
    public static final String SOCKETS = "unix_socket_directories";

    /** With another value a standby never follows a promotion; to a primary it means nothing. */
    static final String TIMELINE = "recovery_target_timeline";

    private static final String HOT_STANDBY = "hot_standby";

    /** Nobody can declare them, and every node has the same. */
    private static final Set<String> OF_EVERY_NODE = Set.of(HOT_STANDBY, TIMELINE);

    public OwnLines {
        requireNonNull(topology, "topology is null");
        requireNonNull(node, "node is null");
        requireNonNull(sockets, "sockets is null");
    }

    SortedMap<String, String> values() {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("port", Integer.toString(topology.node(node).port()));
        values.put("cluster_name", node.value());
        values.put(HOT_STANDBY, "on");
        values.put(TIMELINE, "latest");
        sockets.filter(directory -> !topology.node(node).settings().containsKey(SOCKETS))
                .ifPresent(directory -> values.put(SOCKETS, directory));
        return values;
    }

    /**
     * Those that a running server must have in force: one that listens elsewhere is not there, and a standby that was started with another
     * line of pgherder.conf has to follow a promotion. Where a person's own file has it so, a person restarts.
     */
    SortedMap<String, String> inForce(ServerFacts server) {
        boolean isToldByAPersonsFile = server.setting(TIMELINE)
                .filter(setting -> !setting.sourceFile().isEmpty())
                .filter(setting ->
                        !SettingsDrift.isFromPgherderConf(setting) && !SettingsDrift.isFromAlterSystem(setting))
                .isPresent();
        SortedMap<String, String> needed = values();
        needed.keySet()
                .retainAll(server.inRecovery() && !isToldByAPersonsFile ? Set.of("port", TIMELINE) : Set.of("port"));
        return needed;
    }

    /**
     * Whether the value in force means something to this server, and a restart that puts the written one in force is left to a person: clients
     * know where sockets are.
     */
    public boolean leavesRestartOf(String name, ServerFacts server) {
        return name.equals(SOCKETS) ? values().containsKey(SOCKETS) : name.equals(TIMELINE) && server.inRecovery();
    }

    public static boolean isOfEveryNode(String name) {
        return OF_EVERY_NODE.contains(name);
    }
}
