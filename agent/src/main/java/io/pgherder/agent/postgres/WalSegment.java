package io.pgherder.agent.postgres;

import io.pgherder.agent.system.FileFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * One file of WAL. Each of its pages begins with its own position; a file that is used again has those of its former life.
 *
 * @param begin position of its first byte
 * @see <a href="https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/access/xlog_internal.h">XLogPageHeaderData</a> and <a
 *     href="https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/access/xlogrecord.h">XLogRecord</a>
 */
record WalSegment(Path file, long begin, int pageBytes) {
    private static final int ADDRESS_OFFSET = 8;
    private static final int SHORT_PAGE_HEADER_BYTES = 24;

    /** A switch is a record without data: total length, transaction, previous record, info, resource manager, padding, checksum. */
    private static final int SWITCH_RECORD_BYTES = 24;

    private static final int INFO_OFFSET = 16;
    private static final int MANAGER_OFFSET = 17;
    private static final byte XLOG_SWITCH = 0x40;
    private static final byte RM_XLOG_ID = 0;

    /** Whether the page that holds the byte at this position was written. */
    boolean hasPageOf(long position) {
        try (RandomAccessFile wal = new RandomAccessFile(file.toFile(), "r")) {
            return hasPage(wal, pageOf(position));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Whether the last record in it is that of a switch of WAL files, and after that it holds nothing. */
    boolean endsWithSwitch() {
        try (RandomAccessFile wal = new RandomAccessFile(file.toFile(), "r")) {
            long page = pageOf(begin + wal.length() - 1);
            while (page >= begin && !hasPage(wal, page)) {
                if (lastByteThatIsSet(page(wal, page)) >= 0) {
                    return false;
                }
                page -= pageBytes;
            }
            return page >= begin && endsWithSwitch(page(wal, page));
        } catch (EOFException isCutOff) {
            return false;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean endsWithSwitch(ByteBuffer page) {
        int alignment = Long.BYTES;
        int end = (lastByteThatIsSet(page) / alignment + 1) * alignment;
        int record = end - SWITCH_RECORD_BYTES;
        return record >= SHORT_PAGE_HEADER_BYTES
                && page.getInt(record) == SWITCH_RECORD_BYTES
                && page.get(record + INFO_OFFSET) == XLOG_SWITCH
                && page.get(record + MANAGER_OFFSET) == RM_XLOG_ID;
    }

    private static int lastByteThatIsSet(ByteBuffer page) {
        int at = page.capacity() - 1;
        while (at >= 0 && page.get(at) == 0) {
            at--;
        }
        return at;
    }

    private boolean hasPage(RandomAccessFile wal, long page) throws IOException {
        try {
            return page(wal, page).getLong(ADDRESS_OFFSET) == page;
        } catch (EOFException tooShort) {
            return false;
        }
    }

    private ByteBuffer page(RandomAccessFile wal, long page) throws IOException {
        byte[] bytes = new byte[pageBytes];
        wal.seek(page - begin);
        wal.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private long pageOf(long position) {
        return position - Long.remainderUnsigned(position, pageBytes);
    }

    private RuntimeException unreadable(IOException e) {
        return FileFailure.explain(PostgresProblem.NOT_UNDERSTOOD.summary("could not read " + file), e)
                .failure(e);
    }
}
