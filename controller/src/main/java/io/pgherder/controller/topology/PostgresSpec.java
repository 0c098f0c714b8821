package io.pgherder.controller.topology;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Which PostgreSQL, and how it is entered.
 *
 * @param majorVersion 15
 * @param binDir only where the agent cannot find the programs by itself
 * @param superuser the role that agents become by peer authentication on the local socket
 */
public record PostgresSpec(int majorVersion, Optional<String> binDir, String superuser, InitdbSpec initdb) {
    public PostgresSpec {
        requireNonNull(binDir, "binDir is null");
        requireNonNull(superuser, "superuser is null");
        requireNonNull(initdb, "initdb is null");
    }

    /** What {@code initdb} is told; it matters once, when the first primary is made. */
    public record InitdbSpec(String encoding, String locale, boolean dataChecksums) {
        public static final InitdbSpec DEFAULT = new InitdbSpec("UTF8", "C.UTF-8", true);

        public InitdbSpec {
            requireNonNull(encoding, "encoding is null");
            requireNonNull(locale, "locale is null");
        }
    }
}
