package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.Credentials;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * Where a standby or a base backup connects to.
 *
 * @param node its name in the topology
 * @param slot empty: none
 * @param options what else libpq is told: {@code sslmode}
 */
public record Upstream(
        String node,
        String host,
        int port,
        Credentials credentials,
        Optional<String> slot,
        SortedMap<String, String> options) {
    public Upstream {
        requireNonNull(node, "node is null");
        requireNonNull(host, "host is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(slot, "slot is null");
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        options.forEach((name, value) -> {
            if (!PrimaryConninfo.isOption(name, value)) {
                throw new IllegalArgumentException(
                        "a connection to an upstream cannot be given the option \"" + name + "\"");
            }
        });
    }
}
