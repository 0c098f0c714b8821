package io.pgherder.agent.inspect;

import java.nio.file.Path;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Who wrote a file, and when.
 *
 * @param owner as the host calls the account: "postgres"
 * @param writtenAt when its text was changed last
 */
public record FileStamp(Path path, String owner, Instant writtenAt) {
    public FileStamp {
        requireNonNull(path, "path is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(writtenAt, "writtenAt is null");
    }
}
