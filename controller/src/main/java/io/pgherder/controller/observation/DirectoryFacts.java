package io.pgherder.controller.observation;

import static java.util.Objects.requireNonNull;

/**
 * A data or WAL directory, or the place where one would be.
 *
 * @param usable for ABSENT and EMPTY: whether an instance can be made here; if not, {@code obstacle} says why
 * @param obstacleHint what would help against the obstacle, as the agent sees it; may be empty
 * @param freeBytes of the file system that the directory is, or would be, on
 * @param device of that file system, within its host: directories with the same number share the free bytes; 0: not known
 * @param mode permission bits, 0700 octal as usual; 0 if absent
 * @param majorVersion from PG_VERSION; 0 if there is none
 * @param walTarget for a data directory: where pg_wal really is; empty if there is none
 */
public record DirectoryFacts(
        String path,
        Content content,
        boolean usable,
        String obstacle,
        String obstacleHint,
        long freeBytes,
        long device,
        int mode,
        String owner,
        int majorVersion,
        String walTarget) {
    public enum Content {
        ABSENT,
        EMPTY,
        INSTANCE,
        /** Something else: never touched. */
        FOREIGN,
        UNREADABLE
    }

    /** Of these permissions PostgreSQL takes none on a data directory: it is the owner's alone, or readable by the group. */
    private static final int OPEN = 0027;

    public DirectoryFacts {
        requireNonNull(path, "path is null");
        requireNonNull(content, "content is null");
        requireNonNull(obstacle, "obstacle is null");
        requireNonNull(obstacleHint, "obstacleHint is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(walTarget, "walTarget is null");
    }

    /** Whether PostgreSQL takes its mode; also where that is not known. */
    public boolean isClosedToOthers() {
        return (mode & OPEN) == 0;
    }

    /** False where the owner is not known, or there is no directory. */
    public boolean belongsToAnotherThan(String account) {
        return !owner.isEmpty() && !owner.equals(account);
    }
}
