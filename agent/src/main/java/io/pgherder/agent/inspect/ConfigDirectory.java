package io.pgherder.agent.inspect;

import java.nio.file.Path;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the configuration of an instance was looked for, and where it is.
 *
 * @param path real path: the one that was asked for, or the data directory
 * @param hasPostgresConf whether there is a postgresql.conf
 * @param isLinked whether a link stands in its place, through which no operation writes
 * @param inUse real path of the directory of the postgresql.conf that the server reads, or that the last start read; empty: not known
 */
public record ConfigDirectory(Path path, boolean hasPostgresConf, boolean isLinked, Optional<Path> inUse) {
    public ConfigDirectory {
        requireNonNull(path, "path is null");
        requireNonNull(inUse, "inUse is null");
    }
}
