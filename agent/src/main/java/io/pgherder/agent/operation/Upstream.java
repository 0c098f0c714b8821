package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.Credentials;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where a standby or a base backup connects to.
 *
 * @param node its name in the topology
 * @param slot empty: none
 */
public record Upstream(String node, String host, int port, Credentials credentials, Optional<String> slot) {
    public Upstream {
        requireNonNull(node, "node is null");
        requireNonNull(host, "host is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(slot, "slot is null");
    }
}
