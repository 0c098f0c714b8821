package io.pgherder.agent.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Which instance, and all that is needed to find its programs, directories and socket.
 *
 * @param binDir empty: the programs of the major version are looked for
 * @param dataDir real path, below an allowed root
 * @param walDir real path, below an allowed root; empty: {@code pg_wal} is an ordinary directory inside the data directory
 * @param configDir real path, below an allowed root, of the directory that holds postgresql.conf, pg_hba.conf and pg_ident.conf; empty: the
 *     data directory holds them
 * @param superuser the role that the agent becomes through peer authentication
 */
public record InstancePlace(
        String cluster,
        String node,
        int majorVersion,
        Optional<Path> binDir,
        Path dataDir,
        Optional<Path> walDir,
        Optional<Path> configDir,
        int port,
        String superuser) {
    public InstancePlace {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(node, "node is null");
        requireNonNull(binDir, "binDir is null");
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(walDir, "walDir is null");
        requireNonNull(configDir, "configDir is null");
        requireNonNull(superuser, "superuser is null");
    }

    /** Where postgresql.conf, pgherder.conf, pg_hba.conf and pg_ident.conf are. */
    public Path configDirectory() {
        return configDir.orElse(dataDir);
    }

    /** What {@code postgres} is told beside its data directory: where its configuration is, if that is elsewhere. */
    public List<String> configOptions() {
        return configDir
                .map(directory -> List.of("-c", "config_file=" + directory.resolve("postgresql.conf")))
                .orElse(List.of());
    }
}
