package io.pgherder.controller.simulation;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.AgentAccess;
import io.pgherder.controller.topology.CloneSpec;
import io.pgherder.controller.topology.DriftLimits;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.PostgresSpec;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import io.pgherder.controller.topology.ReplicationSpec;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.SynchronousRule.Method;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Topologies for tests, in a few words. The first node is the primary; hosts db1, db2, db3 take turns. */
public final class TopologyBuilder {
    private static final int HOSTS = 3;

    private final List<NodeSpec> nodes = new ArrayList<>();
    private final SortedMap<String, String> settings = new TreeMap<>();
    private SynchronousRule synchronous = SynchronousRule.OFF;
    private boolean slots = true;
    private String network = "127.0.0.";
    private String superuser = "postgres";
    private Optional<List<String>> hba = Optional.of(List.of("host all all 127.0.0.0/8 scram-sha-256"));

    /** Primary 1921, standbys 1922, 1923, 1924, and 1925 below 1922; any one of the first four. */
    public static Topology t5() {
        return new TopologyBuilder()
                .setting("max_connections", "60")
                .setting("work_mem", "4MB")
                .primary("pg1921")
                .standby("pg1922")
                .standby("pg1923")
                .standby("pg1924")
                .standby("pg1925", "pg1922")
                .any(1, "pg1921", "pg1922", "pg1923", "pg1924")
                .build();
    }

    public TopologyBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    public TopologyBuilder primary(String name) {
        return node(name, Optional.empty(), CloneSpec.DEFAULT);
    }

    public TopologyBuilder standby(String name) {
        return node(name, Optional.empty(), CloneSpec.DEFAULT);
    }

    public TopologyBuilder standby(String name, String follows) {
        return node(name, Optional.of(new NodeName(follows)), CloneSpec.DEFAULT);
    }

    public TopologyBuilder standbyClonedFrom(String name, String source) {
        return node(name, Optional.empty(), new CloneSpec(Optional.of(new NodeName(source)), Optional.empty(), true));
    }

    public TopologyBuilder any(int count, String... group) {
        return synchronous(Method.ANY, count, group);
    }

    public TopologyBuilder first(int count, String... group) {
        return synchronous(Method.FIRST, count, group);
    }

    private TopologyBuilder synchronous(Method method, int count, String... group) {
        synchronous = new SynchronousRule(
                method, count, Stream.of(group).map(NodeName::new).toList());
        return this;
    }

    public TopologyBuilder withoutSlots() {
        slots = false;
        return this;
    }

    /** Instead of numbers. */
    public TopologyBuilder hostNames() {
        network = "db";
        return this;
    }

    public TopologyBuilder hba(List<String> rules) {
        hba = Optional.of(rules);
        return this;
    }

    public TopologyBuilder superuser(String name) {
        superuser = name;
        return this;
    }

    public TopologyBuilder withoutHba() {
        hba = Optional.empty();
        return this;
    }

    private TopologyBuilder node(String name, Optional<NodeName> follows, CloneSpec cloning) {
        int port = 1921 + nodes.size();
        nodes.add(new NodeSpec(
                new NodeName(name),
                "db" + (nodes.size() % HOSTS + 1),
                port,
                "/data01/pg/pg_root" + port,
                Optional.of("/data02/pg/pg_wal_" + port),
                Optional.empty(),
                follows,
                NodeSpec.DEFAULT_PRIORITY,
                cloning,
                new TreeMap<>(),
                new TreeMap<>()));
        return this;
    }

    public Topology build() {
        return new Topology(
                "orders",
                nodes.get(0).name(),
                new PostgresSpec(15, Optional.empty(), superuser, InitdbSpec.DEFAULT),
                new ReplicationSpec("rep", new Secret("swordfish"), slots),
                synchronous,
                IntStream.rangeClosed(1, HOSTS).mapToObj(this::host).toList(),
                nodes.stream().map(this::withSettings).toList(),
                hba,
                AgentAccess.DEFAULT,
                DriftLimits.NONE);
    }

    private HostSpec host(int number) {
        String address = network + number;
        return new HostSpec("db" + number, address, address, HostSpec.DEFAULT_AGENT_PORT, false);
    }

    /** The same without a node: who followed it follows the primary, and the group is the smaller by it. */
    public static Topology without(Topology topology, String name) {
        NodeName gone = new NodeName(name);
        SynchronousRule rule = topology.synchronous();
        return new Topology(
                topology.cluster(),
                topology.primary(),
                topology.postgres(),
                topology.replication(),
                new SynchronousRule(
                        rule.method(),
                        rule.count(),
                        rule.group().stream()
                                .filter(member -> !member.equals(gone))
                                .toList()),
                topology.hosts(),
                topology.nodes().stream()
                        .filter(node -> !node.name().equals(gone))
                        .map(node ->
                                with(node, node.follows().filter(upstream -> !upstream.equals(gone)), node.settings()))
                        .toList(),
                topology.hba(),
                topology.agents(),
                topology.limits());
    }

    /** The same, with another primary. */
    public static Topology withPrimary(Topology topology, NodeName primary) {
        return new Topology(
                topology.cluster(),
                primary,
                topology.postgres(),
                topology.replication(),
                topology.synchronous(),
                topology.hosts(),
                topology.nodes(),
                topology.hba(),
                topology.agents(),
                topology.limits());
    }

    /** The same, without rules for pg_hba.conf. */
    public static Topology withoutHba(Topology topology) {
        return new Topology(
                topology.cluster(),
                topology.primary(),
                topology.postgres(),
                topology.replication(),
                topology.synchronous(),
                topology.hosts(),
                topology.nodes(),
                Optional.empty(),
                topology.agents(),
                topology.limits());
    }

    /** The same, with another value of one setting on every node. */
    public static Topology withSetting(Topology topology, String name, String value) {
        return new Topology(
                topology.cluster(),
                topology.primary(),
                topology.postgres(),
                topology.replication(),
                topology.synchronous(),
                topology.hosts(),
                topology.nodes().stream()
                        .map(node -> {
                            SortedMap<String, String> settings = new TreeMap<>(node.settings());
                            settings.put(name, value);
                            return with(node, node.follows(), settings);
                        })
                        .toList(),
                topology.hba(),
                topology.agents(),
                topology.limits());
    }

    /** The same, with another password of the replication role. */
    public static Topology withPassword(Topology topology, String password) {
        return with(
                topology,
                new ReplicationSpec(
                        topology.replication().user(),
                        new Secret(password),
                        topology.replication().slots()));
    }

    /** The same, with another replication role, which has this password. */
    public static Topology withRole(Topology topology, String user, String password) {
        return with(
                topology,
                new ReplicationSpec(
                        user, new Secret(password), topology.replication().slots()));
    }

    /** The same, with these connection options on every node, and none else. */
    public static Topology withOptions(Topology topology, Map<String, String> options) {
        return new Topology(
                topology.cluster(),
                topology.primary(),
                topology.postgres(),
                topology.replication(),
                topology.synchronous(),
                topology.hosts(),
                topology.nodes().stream()
                        .map(node -> new NodeSpec(
                                node.name(),
                                node.host(),
                                node.port(),
                                node.dataDir(),
                                node.walDir(),
                                node.configDir(),
                                node.follows(),
                                node.priority(),
                                node.cloning(),
                                node.settings(),
                                new TreeMap<>(options)))
                        .toList(),
                topology.hba(),
                topology.agents(),
                topology.limits());
    }

    private static Topology with(Topology topology, ReplicationSpec replication) {
        return new Topology(
                topology.cluster(),
                topology.primary(),
                topology.postgres(),
                replication,
                topology.synchronous(),
                topology.hosts(),
                topology.nodes(),
                topology.hba(),
                topology.agents(),
                topology.limits());
    }

    private NodeSpec withSettings(NodeSpec node) {
        return with(node, node.follows(), settings);
    }

    private static NodeSpec with(NodeSpec node, Optional<NodeName> follows, SortedMap<String, String> settings) {
        return new NodeSpec(
                node.name(),
                node.host(),
                node.port(),
                node.dataDir(),
                node.walDir(),
                node.configDir(),
                follows,
                node.priority(),
                node.cloning(),
                settings,
                node.options());
    }
}
