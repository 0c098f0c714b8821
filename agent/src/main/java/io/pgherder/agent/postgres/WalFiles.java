package io.pgherder.agent.postgres;

import io.pgherder.agent.system.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The WAL of an instance that does not run, as far as its files tell without being replayed.
 *
 * @param timeline that it is written on
 * @param earlierTimeline that of the latest checkpoint: a server that was promoted has none of the new timeline for a while
 * @param segmentBytes of a file
 * @param pageBytes of a page
 * @param checkpoint position of the latest checkpoint: all before it was written
 * @see <a href="https://www.postgresql.org/docs/15/wal-internals.html">WAL internals</a>
 */
public record WalFiles(
        Path directory, int timeline, int earlierTimeline, long segmentBytes, int pageBytes, long checkpoint) {
    public WalFiles {
        requireNonNull(directory, "directory is null");
    }

    /**
     * Whether the instance has written the page that holds the last byte before this position: after a crash nobody knows better, before it is
     * started, where its WAL ends. After a switch of WAL files the rest of a file is written as zeros, without pages.
     */
    public boolean reaches(long position) {
        if (Long.compareUnsigned(position, checkpoint) <= 0) {
            return true;
        }
        long last = position - 1;
        long segment = Long.divideUnsigned(last, segmentBytes);
        Optional<WalSegment> file = file(segment).map(path -> new WalSegment(path, segment * segmentBytes, pageBytes));
        boolean isEndOfSegment = Long.remainderUnsigned(position, segmentBytes) == 0;
        return file.filter(wal -> wal.hasPageOf(last)).isPresent()
                || (isEndOfSegment && file.filter(WalSegment::endsWithSwitch).isPresent());
    }

    /** Files from before the change of timelines have the name of the earlier one. */
    private Optional<Path> file(long segment) {
        String name = fileName(timeline, segment);
        if (Files.exists(directory.resolve(name))) {
            return Optional.of(directory.resolve(name));
        }
        boolean isBeforeTheChange =
                firstOf(timeline).filter(first -> name.compareTo(first) < 0).isPresent();
        return Optional.of(directory.resolve(fileName(earlierTimeline, segment)))
                .filter(earlier -> isBeforeTheChange && Files.exists(earlier));
    }

    private Optional<String> firstOf(int ofTimeline) {
        String prefix = String.format(Locale.ROOT, "%08X", ofTimeline);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(prefix + "[0-9A-F]{16}"))
                    .min(String::compareTo);
        } catch (IOException e) {
            throw FileFailure.explain(PostgresProblem.NOT_UNDERSTOOD.summary("could not look into " + directory), e)
                    .failure(e);
        }
    }

    private String fileName(int ofTimeline, long segment) {
        long perId = 0x1_0000_0000L / segmentBytes;
        return String.format(
                Locale.ROOT,
                "%08X%08X%08X",
                ofTimeline,
                Long.divideUnsigned(segment, perId),
                Long.remainderUnsigned(segment, perId));
    }

    /** A position as text, "0/3000148", as a count of bytes. */
    public static long position(String lsn) {
        int slash = lsn.indexOf('/');
        return Long.parseLong(lsn.substring(0, slash), 16) << 32 | Long.parseLong(lsn.substring(slash + 1), 16);
    }
}
