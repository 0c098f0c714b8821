package io.pgherder.agent.postgres;

import io.pgherder.agent.system.FileFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * The WAL of an instance that does not run, as far as its files tell without being replayed.
 *
 * @param timeline that it is written on
 * @param segmentBytes of a file
 * @param pageBytes of a page, each of which begins with its own position; a file that is used again has older ones
 * @param checkpoint position of the latest checkpoint: all before it was written
 * @see <a href="https://www.postgresql.org/docs/15/wal-internals.html">WAL internals</a>, and XLogPageHeaderData in xlog_internal.h
 */
public record WalFiles(Path directory, int timeline, long segmentBytes, int pageBytes, long checkpoint) {
    private static final int ADDRESS_OFFSET = 8;

    public WalFiles {
        requireNonNull(directory, "directory is null");
    }

    /**
     * Whether the instance has written the page that holds the last byte before this position: after a crash nobody knows better, before it is
     * started, where its WAL ends. Where that is the end of a page it may be one of those that follow a switch of WAL files, which are all zeros:
     * then the first page of the file tells.
     */
    public boolean reaches(long position) {
        if (Long.compareUnsigned(position, checkpoint) <= 0) {
            return true;
        }
        long last = position - 1;
        boolean isEndOfPage = Long.remainderUnsigned(position, pageBytes) == 0;
        long page = last - Long.remainderUnsigned(last, isEndOfPage ? segmentBytes : pageBytes);
        Path file = directory.resolve(fileName(Long.divideUnsigned(last, segmentBytes)));
        if (!Files.exists(file)) {
            return false;
        }
        try (RandomAccessFile wal = new RandomAccessFile(file.toFile(), "r")) {
            byte[] address = new byte[Long.BYTES];
            wal.seek(Long.remainderUnsigned(page, segmentBytes) + ADDRESS_OFFSET);
            wal.readFully(address);
            return ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getLong() == page;
        } catch (EOFException e) {
            return false;
        } catch (IOException e) {
            throw FileFailure.explain(PostgresProblem.NOT_UNDERSTOOD.summary("could not read " + file), e)
                    .failure(e);
        }
    }

    private String fileName(long segment) {
        long perId = 0x1_0000_0000L / segmentBytes;
        return String.format(
                Locale.ROOT,
                "%08X%08X%08X",
                timeline,
                Long.divideUnsigned(segment, perId),
                Long.remainderUnsigned(segment, perId));
    }

    /** A position as text, "0/3000148", as a count of bytes. */
    public static long position(String lsn) {
        int slash = lsn.indexOf('/');
        return Long.parseLong(lsn.substring(0, slash), 16) << 32 | Long.parseLong(lsn.substring(slash + 1), 16);
    }
}
