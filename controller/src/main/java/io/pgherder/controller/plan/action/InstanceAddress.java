package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.PostgresSpec;
import io.pgherder.controller.topology.Topology;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Which instance, and all that its agent needs to find its programs, directories and socket.
 *
 * @param host name of the host in the topology
 * @param binDir empty: the agent finds the programs of the major version by itself
 * @param walDir empty: {@code pg_wal} is an ordinary directory inside the data directory
 * @param configDir where postgresql.conf, pg_hba.conf and pg_ident.conf are; empty: in the data directory
 */
public record InstanceAddress(
        String cluster,
        NodeName node,
        String host,
        int majorVersion,
        Optional<String> binDir,
        String dataDir,
        Optional<String> walDir,
        Optional<String> configDir,
        int port,
        String superuser) {
    public InstanceAddress {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(node, "node is null");
        requireNonNull(host, "host is null");
        requireNonNull(binDir, "binDir is null");
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(walDir, "walDir is null");
        requireNonNull(configDir, "configDir is null");
        requireNonNull(superuser, "superuser is null");
    }

    public static InstanceAddress of(Topology topology, NodeName name) {
        return of(topology.cluster(), topology.postgres(), topology.node(name));
    }

    public static InstanceAddress of(String cluster, PostgresSpec postgres, NodeSpec node) {
        return new InstanceAddress(
                cluster,
                node.name(),
                node.host(),
                postgres.majorVersion(),
                postgres.binDir(),
                node.dataDir(),
                node.walDir(),
                node.configDir(),
                node.port(),
                postgres.superuser());
    }
}
