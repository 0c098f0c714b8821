package io.pgherder.agent.postgres;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * The programs of one PostgreSQL version.
 *
 * @param version "15.18"; "18beta2" is a version too
 */
public record Installation(int majorVersion, String version, Path binDir) {
    public Installation {
        requireNonNull(version, "version is null");
        requireNonNull(binDir, "binDir is null");
    }

    public Path program(String name) {
        return binDir.resolve(name);
    }
}
