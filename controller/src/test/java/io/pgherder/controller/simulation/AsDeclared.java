package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.Topology;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looked at from inside, not through the planner's eyes: every node runs with what is declared, in its files and in force. */
final class AsDeclared {
    private AsDeclared() {}

    static void check(SimulatedCluster cluster) {
        Topology topology = cluster.topology();
        for (NodeSpec declared : topology.nodes()) {
            SimulatedNode node = cluster.node(declared.name());
            SortedMap<String, String> settings = settingsOf(topology, declared);
            SimulatedCluster.check(node.running, node.name + " does not run");
            SimulatedCluster.check(
                    ((node.ground.mode | node.ground.walMode) & 0027) == 0,
                    "the directories of " + node.name + " are open to others");
            SimulatedCluster.check(node.included, node.name + " does not read pgherder.conf");
            SimulatedCluster.check(
                    isSame(node.written, settings), node.name + " has " + node.written + ", declared " + settings);
            SimulatedCluster.check(node.lostLines.isEmpty(), node.name + " has no line for " + node.lostLines);
            SimulatedCluster.check(
                    isSame(node.inForce, settings),
                    node.name + " runs with " + node.inForce + ", declared " + settings);
            SimulatedCluster.check(!node.lostSignal, node.name + " is no standby after its next start");
            SimulatedCluster.check(node.callsItself.isEmpty(), node.name + " calls itself " + node.callsItself);
            SimulatedCluster.check(!node.lacksOwnHbaRule, node.name + " does not let its agent in");
            SimulatedCluster.check(!node.slots.containsKey(node.name), node.name + " keeps WAL for itself");
            SimulatedCluster.check(!node.roleExpired, "the role on " + node.name + " is expired");
            SimulatedCluster.check(
                    node.pendingRestart.isEmpty(), node.name + " waits for a restart: " + node.pendingRestart);
            topology.hba().ifPresent(rules -> {
                SimulatedCluster.check(node.hba.equals(rules), node.name + " has hba " + node.hba);
                SimulatedCluster.check(node.hbaInForce.equals(rules), node.name + " lets in by " + node.hbaInForce);
            });
            String password = topology.replication().password().reveal();
            String user = topology.replication().user();
            SimulatedCluster.check(
                    password.equals(node.roles.get(user)), "the roles on " + node.name + " are " + node.roles);
            SimulatedCluster.check(
                    node.standbySignal || topology.synchronous().count() == 0 || node.weakCommits.isEmpty(),
                    "on " + node.name + " no standby is waited for by commits of " + node.weakCommits);
            topology.upstreamOf(node.name).ifPresent(upstream -> {
                SimulatedCluster.check(
                        SimulatedStreaming.user(node).equals(user),
                        node.name + " logs in as " + SimulatedStreaming.user(node));
                SimulatedCluster.check(
                        SimulatedStreaming.getsIn(node, cluster.node(upstream)),
                        node.name + " streams, and could not connect again");
                SimulatedCluster.check(
                        cluster.streaming().streams(node)
                                && cluster.streaming()
                                        .upstreamOf(node)
                                        .filter(at -> at.name.equals(upstream))
                                        .isPresent(),
                        node.name + " does not stream from " + upstream);
            });
        }
    }

    /** In whatever order ANY has its names. */
    private static boolean isSame(SortedMap<String, String> there, SortedMap<String, String> declared) {
        SortedMap<String, String> others = new TreeMap<>(there);
        String rule = declared.getOrDefault(SynchronousStandbys.SETTING, "");
        others.computeIfPresent(SynchronousStandbys.SETTING, (name, value) -> isSameRule(value, rule) ? rule : value);
        return others.equals(declared);
    }

    static boolean isSameRule(String there, String declared) {
        return SynchronousStandbys.parse(there).isSameAs(SynchronousStandbys.parse(declared));
    }

    /** Said here a second time, because what looks through the planner's eyes forgets what the planner forgets. */
    private static SortedMap<String, String> settingsOf(Topology topology, NodeSpec declared) {
        SortedMap<String, String> settings = new TreeMap<>(declared.settings());
        settings.put("synchronous_standby_names", "");
        SynchronousRule promise = topology.synchronous();
        boolean isPrimary = declared.name().equals(topology.primary());
        if (promise.group().contains(declared.name()) || (isPrimary && promise.count() > 0)) {
            String others = promise.group().stream()
                    .filter(member -> !member.equals(declared.name()))
                    .map(NodeName::value)
                    .collect(Collectors.joining(", "));
            settings.put("synchronous_standby_names", promise.method() + " " + promise.count() + " (" + others + ")");
        }
        return settings;
    }
}
