package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The timelines of which an instance has WAL, by the names of its files. The control file knows of a new one only since the next checkpoint, and a
 * standby takes its time for that; but whoever has WAL of a timeline has gone over to it. The history file alone says nothing: it is
 * fetched also by one that cannot follow.
 *
 * @see <a href="https://www.postgresql.org/docs/15/wal-internals.html">WAL internals</a>
 */
final class WalTimelines {
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    private static final int HEXADECIMAL = 16;
    private static final int DIGITS = 8;

    private final Path dataDir;
    private OptionalInt seen = OptionalInt.empty();

    WalTimelines(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** The latest; 0 if there is no file of WAL, or they cannot be seen. Looked at once: there may be many files. */
    synchronized int latest() {
        if (seen.isEmpty()) {
            seen = OptionalInt.of(look());
        }
        return seen.getAsInt();
    }

    private int look() {
        int latest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dataDir.resolve("pg_wal"))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (SEGMENT.matcher(name).matches()) {
                    latest = Math.max(latest, Integer.parseUnsignedInt(name.substring(0, DIGITS), HEXADECIMAL));
                }
            }
        } catch (IOException | DirectoryIteratorException notToBeSeen) {
            return latest;
        }
        return latest;
    }
}
