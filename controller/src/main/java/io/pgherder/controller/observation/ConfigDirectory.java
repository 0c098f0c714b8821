package io.pgherder.controller.observation;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the configuration of an instance was looked for (postgresql.conf, pgherder.conf, pg_hba.conf, pg_ident.conf), and where it is.
 *
 * @param path where it is declared, with symbolic links resolved: the {@code config_dir}, or the data directory
 * @param hasPostgresConf whether there is a postgresql.conf
 * @param isLinked whether a link stands in the place of postgresql.conf, through which agents do not write
 * @param inUse the directory of the postgresql.conf that the server reads, or of a stopped one, that its last start read, with symbolic links
 *     resolved; empty: not known
 */
public record ConfigDirectory(String path, boolean hasPostgresConf, boolean isLinked, Optional<String> inUse) {
    public ConfigDirectory {
        requireNonNull(path, "path is null");
        requireNonNull(inUse, "inUse is null");
    }

    /** Where the configuration is, if that is known to be another directory. */
    public Optional<String> elsewhere() {
        return inUse.filter(directory -> !directory.equals(path));
    }
}
