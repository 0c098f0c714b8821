package io.pgherder.controller.sample;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.DirectoryFacts.Content;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.Installation;
import io.pgherder.controller.observation.HostObservation.LocalInstances;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.AgentAccess;
import io.pgherder.controller.topology.CloneSpec;
import io.pgherder.controller.topology.DriftLimits;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.PostgresSpec;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import io.pgherder.controller.topology.ReplicationSpec;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.Topology;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cluster "orders": pg1 on db1 is the primary, pg2 and pg3 on db2 and db3 stream from it, pg4 on db3 streams from pg2; any one of
 * pg2 and pg3 must have a commit.
 */
public final class Orders {
    public static final NodeName PG1 = new NodeName("pg1");
    public static final NodeName PG2 = new NodeName("pg2");
    public static final NodeName PG3 = new NodeName("pg3");
    public static final NodeName PG4 = new NodeName("pg4");
    public static final SystemIdentifier SYSTEM = SystemIdentifier.parse("7421903344718816021");
    public static final String PASSWORD = "sesame-open-0815";

    private Orders() {}

    public static Topology topology() {
        return topologyWith(new SynchronousRule(SynchronousRule.Method.ANY, 1, List.of(PG1, PG2, PG3)));
    }

    public static Topology topologyWith(SynchronousRule rule) {
        return new Topology(
                "orders",
                PG1,
                new PostgresSpec(15, Optional.empty(), "postgres", InitdbSpec.DEFAULT),
                new ReplicationSpec("rep", new Secret(PASSWORD), true),
                rule,
                List.of(host("db1", "10.0.1.11"), host("db2", "10.0.1.12"), host("db3", "10.0.1.13")),
                List.of(
                        node(PG1, "db1", 1921, Optional.empty()),
                        node(PG2, "db2", 1922, Optional.empty()),
                        node(PG3, "db3", 1923, Optional.empty()),
                        node(PG4, "db3", 1924, Optional.of(PG2))),
                Optional.of(List.of("host all all 10.0.0.0/16 scram-sha-256")),
                AgentAccess.DEFAULT,
                DriftLimits.NONE);
    }

    public static TopologyFile file() {
        Place pg4 = new Place("inventories/orders.yaml", 21, 3, "");
        return new TopologyFile(
                topology(),
                "inventories/orders.yaml",
                Map.of(new FieldPath("nodes.pg4"), pg4),
                List.of(),
                "d1".repeat(32));
    }

    public static HostSpec host(String name, String address) {
        return new HostSpec(name, address, address, HostSpec.DEFAULT_AGENT_PORT, false);
    }

    private static NodeSpec node(NodeName name, String host, int port, Optional<NodeName> follows) {
        return new NodeSpec(
                name,
                host,
                port,
                "/data01/pg/pg_root" + port,
                Optional.of("/data02/pg/pg_wal_" + port),
                Optional.empty(),
                follows,
                NodeSpec.DEFAULT_PRIORITY,
                CloneSpec.DEFAULT,
                new TreeMap<>(Map.of("max_connections", "200")),
                new TreeMap<>(Map.of("sslmode", "verify-ca")));
    }

    public static InstanceAddress address(NodeName node) {
        return InstanceAddress.of(topology(), node);
    }

    public static Configuration configuration(NodeName node) {
        return new Configuration(
                new TreeMap<>(Map.of("max_connections", "200", "work_mem", "8MB")),
                topology().synchronous().standbyNamesOn(node),
                topology().upstreamOf(node).map(upstream -> Upstream.of(topology(), upstream, node)),
                topology().hba());
    }

    public static CloneStandby clone(NodeName node, NodeName source) {
        return new CloneStandby(
                address(node), Upstream.of(topology(), source, node), configuration(node), Optional.of("50M"), true);
    }

    public static Answered answered(String host) {
        return answered(host, Duration.ofMillis(3));
    }

    /** @param clockOffset how far its clock is ahead of ours */
    public static Answered answered(String host, Duration clockOffset) {
        return new Answered(
                host,
                host + ".example",
                host + ".example",
                "0.1.0",
                1,
                "postgres",
                List.of("/data01", "/data02"),
                List.of(new Installation(15, "15.18", "/usr/lib/postgresql/15/bin")),
                "/run/postgresql",
                clockOffset,
                Duration.ofMillis(21),
                Optional.empty(),
                7,
                LocalInstances.all(List.of()));
    }

    public static Silent silent(String host, String address) {
        return new Silent(host, refused(host, address));
    }

    public static Problem refused(String host, String address) {
        return Problem.of("AGENT-001", "agent " + address + ":7432 on " + host + " refused the connection")
                .about(host)
                .hint("start the agent on " + host);
    }

    public static List<HostObservation> allAnswered() {
        return List.of(answered("db1"), answered("db2"), answered("db3"));
    }

    public static Ground ground(NodeName node, Content content) {
        NodeSpec declared = topology().node(node);
        DirectoryFacts data = new DirectoryFacts(
                declared.dataDir(),
                content,
                content != Content.INSTANCE,
                "",
                "",
                100L << 30,
                1,
                448,
                "postgres",
                15,
                "");
        return new Ground(
                data,
                Optional.empty(),
                Optional.empty(),
                Ground.PortUse.FREE,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public static NodeObservation empty(NodeName node) {
        return new NodeObservation.Empty(node, ground(node, Content.ABSENT), List.of());
    }

    public static NodeObservation stopped(NodeName node) {
        return withoutServer(node, ProcessState.STOPPED);
    }

    /** A standby that runs, and gave its agent no answer. */
    public static NodeObservation unasked(NodeName node) {
        return withoutServer(node, ProcessState.ACCEPTING);
    }

    private static NodeObservation withoutServer(NodeName node, ProcessState process) {
        return new NodeObservation.Seen(
                node,
                ground(node, Content.INSTANCE),
                new InstanceState(
                        Optional.empty(),
                        process,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        PasswordMatch.UNKNOWN,
                        List.of(),
                        List.of(),
                        List.of(),
                        FileErrors.NONE,
                        Optional.empty(),
                        List.of()),
                List.of());
    }

    public static NodeObservation running(NodeName node, ServerFacts server) {
        return new NodeObservation.Seen(
                node,
                ground(node, Content.INSTANCE),
                new InstanceState(
                        Optional.of(new io.pgherder.controller.observation.ControlFile(
                                SYSTEM,
                                server.inRecovery() ? "in archive recovery" : "in production",
                                server.timeline(),
                                Lsn.parse("0/5000028"),
                                Lsn.parse("0/5000028"),
                                Optional.empty(),
                                true,
                                false,
                                Map.of())),
                        ProcessState.ACCEPTING,
                        server.inRecovery(),
                        false,
                        Optional.of(server),
                        Optional.empty(),
                        Optional.empty(),
                        PasswordMatch.UNKNOWN,
                        List.of(),
                        List.of(),
                        List.of(),
                        FileErrors.NONE,
                        Optional.empty(),
                        List.of()),
                List.of());
    }
}
