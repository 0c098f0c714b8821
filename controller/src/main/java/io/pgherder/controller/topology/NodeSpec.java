package io.pgherder.controller.topology;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * One instance as declared, with the defaults already filled in.
 *
 * @param host name of the host it lives on
 * @param dataDir absolute path on that host
 * @param walDir absolute path on that host; empty: {@code pg_wal} inside the data directory
 * @param configDir where postgresql.conf, pg_hba.conf and pg_ident.conf are; empty: in the data directory
 * @param follows the declared upstream; empty: the primary, whoever that is
 * @param priority for elections, which are not held yet: the higher one will win a tie
 * @param settings those of every node and its own merged, its own winning; unquoted values as for postgresql.conf
 * @param options what else libpq is told when it connects to its upstream, likewise merged
 */
public record NodeSpec(
        NodeName name,
        String host,
        int port,
        String dataDir,
        Optional<String> walDir,
        Optional<String> configDir,
        Optional<NodeName> follows,
        int priority,
        CloneSpec cloning,
        SortedMap<String, String> settings,
        SortedMap<String, String> options) {
    public static final int DEFAULT_PRIORITY = 100;

    public NodeSpec {
        requireNonNull(name, "name is null");
        requireNonNull(host, "host is null");
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(walDir, "walDir is null");
        requireNonNull(configDir, "configDir is null");
        requireNonNull(follows, "follows is null");
        requireNonNull(cloning, "cloning is null");
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    /** Where its postgresql.conf, pgherder.conf, pg_hba.conf and pg_ident.conf are. */
    public String configDirectory() {
        return configDir.orElse(dataDir);
    }
}
