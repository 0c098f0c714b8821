package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.PostgresSpec;
import io.pgherder.controller.topology.ReplicationSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What one agent is asked in its one round trip.
 *
 * @param settings which settings to report of every instance, beside those that an agent always reports
 * @param everySetting whether to report also those that a file or the command line sets
 * @param excepted whose roles and databases to look up in every instance
 * @param replication the login to look up in every instance, and to compare with what is there; empty: none is known
 */
public record HostQuery(
        String cluster,
        HostSpec host,
        PostgresSpec postgres,
        List<NodeQuery> nodes,
        List<String> settings,
        boolean everySetting,
        Set<SessionScope> excepted,
        Optional<ReplicationSpec> replication) {
    public HostQuery {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(host, "host is null");
        requireNonNull(postgres, "postgres is null");
        requireNonNull(replication, "replication is null");
        nodes = List.copyOf(nodes);
        settings = List.copyOf(settings);
        excepted = Set.copyOf(excepted);
    }

    /**
     * One node to look at.
     *
     * @param reach endpoints that the node will have to reach, tried from its host
     */
    public record NodeQuery(NodeSpec node, List<Endpoint> reach) {
        public NodeQuery {
            requireNonNull(node, "node is null");
            reach = List.copyOf(reach);
        }
    }

    public record Endpoint(String host, int port) {
        public Endpoint {
            requireNonNull(host, "host is null");
        }
    }
}
