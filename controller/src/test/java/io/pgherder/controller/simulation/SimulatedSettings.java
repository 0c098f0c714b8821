package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.plan.action.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings of a simulated node, as its pgherder.conf says them and as its server shows them. */
final class SimulatedSettings {
    /** Where every agent has sockets. */
    static final String SOCKETS = "/var/run/postgresql";

    /** As which one streams that was told no name. */
    private static final String NAMELESS = "walreceiver";

    private final SimulatedCluster cluster;

    SimulatedSettings(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    /** What its pgherder.conf says. */
    List<String> managedLines(SimulatedNode node) {
        List<String> lines = new ArrayList<>();
        node.written.forEach((name, value) -> lines.add(name + " = '" + value + "'"));
        lines.addAll(node.strangeLines);
        ownLines(node).forEach((name, value) -> {
            if (!node.written.containsKey(name) && !node.lostLines.contains(name)) {
                lines.add(name + " = '" + value + "'");
            }
        });
        node.upstream.written.ifPresent(upstream -> {
            lines.add("primary_conninfo = '" + conninfo(node, upstream) + "'");
            upstream.slot().ifPresent(slot -> lines.add("primary_slot_name = '" + slot + "'"));
        });
        return lines;
    }

    /** What every agent writes by itself. */
    private Map<String, String> ownLines(SimulatedNode node) {
        return new TreeMap<>(Map.of(
                "cluster_name",
                node.name.value(),
                "hot_standby",
                "on",
                "port",
                Integer.toString(cluster.topology().node(node.name).port()),
                "recovery_target_timeline",
                "latest",
                "unix_socket_directories",
                SOCKETS));
    }

    private static String conninfo(SimulatedNode node, Upstream upstream) {
        return "host=" + upstream.host() + " port=" + upstream.port() + " user="
                + upstream.credentials().user()
                + (node.callsItself.equals(NAMELESS)
                        ? ""
                        : " application_name=" + (node.callsItself.isEmpty() ? node.name : node.callsItself))
                + upstream.options().entrySet().stream()
                        .map(option -> " " + option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining());
    }

    /** As pg_settings has them. */
    List<Setting> of(SimulatedNode node) {
        Set<String> names = new TreeSet<>(node.inForce.keySet());
        names.addAll(node.written.keySet());
        Map<String, String> own = ownLines(node);
        own.keySet().retainAll(STARTED_WITH);
        names.addAll(own.keySet());
        return Stream.of(
                        names.stream()
                                .map(name -> setting(
                                        node, name, node.inForce.getOrDefault(name, own.getOrDefault(name, "")))),
                        node.upstream.inForce.stream()
                                .map(upstream -> setting(
                                        node,
                                        "primary_conninfo",
                                        node.conninfoIsMasked ? "****" : conninfo(node, upstream))),
                        Stream.of(port(node)).filter(port -> !names.contains(port.name())),
                        Stream.of(WAL_IN_FILES_OF_ONE_BYTE))
                .flatMap(settings -> settings)
                .toList();
    }

    /** Of its own lines, what it reports as it has started with it. */
    private static final Set<String> STARTED_WITH =
            Set.of("hot_standby", "recovery_target_timeline", "unix_socket_directories");

    /** Kept is what a slot says, to the byte. */
    private static final Setting WAL_IN_FILES_OF_ONE_BYTE =
            new Setting("wal_segment_size", "1", "1", "B", "internal", "integer", false, "default", "", 0);

    /** It listens where it should. */
    private Setting port(SimulatedNode node) {
        String port = Integer.toString(cluster.topology().node(node.name).port());
        return new Setting(
                "port", port, port, "", "postmaster", "integer", false, "configuration file", "/data/pgherder.conf", 1);
    }

    private static Setting setting(SimulatedNode node, String name, String value) {
        boolean restart = SimulatedCluster.RESTART_SETTINGS.contains(name);
        return new Setting(
                name,
                value,
                value,
                "",
                restart ? "postmaster" : "sighup",
                "string",
                node.pendingRestart.contains(name),
                node.inForce.containsKey(name) ? "configuration file" : "default",
                sourceFile(node, name),
                node.inForce.containsKey(name) ? 1 : 0);
    }

    private static String sourceFile(SimulatedNode node, String name) {
        if (node.isAltered(name)) {
            return "/data/postgresql.auto.conf";
        }
        String ours = node.handBuilt ? "/data/postgresql.conf" : "/data/pgherder.conf";
        return node.inForce.containsKey(name) ? ours : "";
    }
}
