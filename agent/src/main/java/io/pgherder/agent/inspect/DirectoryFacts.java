package io.pgherder.agent.inspect;

import java.nio.file.Path;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A data or WAL directory, or the place where one would be.
 *
 * @param obstacle why an instance cannot be made here, or why the directory cannot be looked at; empty: nothing stands in the way
 * @param freeBytes of the file system that the directory is, or would be, on
 * @param mode permission bits, 0700 octal as usual; 0 if absent
 * @param owner empty if absent
 * @param majorVersion from PG_VERSION; 0 if there is none
 * @param device of that file system, within this host; 0: not known
 * @param walTarget for a data directory: where pg_wal really is
 */
public record DirectoryFacts(
        Path path,
        Content content,
        Optional<Obstacle> obstacle,
        long freeBytes,
        long device,
        int mode,
        String owner,
        int majorVersion,
        Optional<Path> walTarget) {
    public enum Content {
        ABSENT,
        EMPTY,
        /** An instance; of a WAL directory: the one of the instance that was asked for. */
        INSTANCE,
        /** Something else: never touched. */
        FOREIGN,
        UNREADABLE
    }

    public DirectoryFacts {
        requireNonNull(path, "path is null");
        requireNonNull(content, "content is null");
        requireNonNull(obstacle, "obstacle is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(walTarget, "walTarget is null");
    }

    DirectoryFacts hinderedBy(Obstacle found) {
        return new DirectoryFacts(
                path, content, Optional.of(found), freeBytes, device, mode, owner, majorVersion, walTarget);
    }

    /** Whether an instance can be made here. */
    public boolean usable() {
        return (content == Content.ABSENT || content == Content.EMPTY) && obstacle.isEmpty();
    }
}
