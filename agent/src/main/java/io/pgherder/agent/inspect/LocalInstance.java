package io.pgherder.agent.inspect;

import java.nio.file.Path;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An instance on this host, whether anybody asked for it or not. Of one outside the allowed roots only its directory, port and pid are
 * known.
 *
 * @param dataDir real path
 * @param port that it listens on; of a stopped one, that its pgherder.conf says; 0: not known
 * @param pid of its postmaster; 0: it does not run
 * @param majorVersion 0: not known
 * @param cluster that its pgherder.conf was written for; empty: there is no such file, or it does not say
 * @param node cluster_name in its pgherder.conf; empty: there is none
 * @param standbySignal whether it comes up as a standby when it is started
 * @param installedHere whether this agent installed it
 * @param system its system identifier, from its control file; empty: not known
 * @param configDir real path of the directory of its postgresql.conf, as its last start said, if that is not the data directory
 */
public record LocalInstance(
        Path dataDir,
        int port,
        long pid,
        int majorVersion,
        String cluster,
        String node,
        boolean standbySignal,
        boolean installedHere,
        Optional<Path> configDir,
        Optional<String> system) {
    public LocalInstance {
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(cluster, "cluster is null");
        requireNonNull(node, "node is null");
        requireNonNull(configDir, "configDir is null");
        requireNonNull(system, "system is null");
    }
}
