package io.pgherder.agent.inspect;

import io.pgherder.agent.system.RegularFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lines of a configuration file that say something: no comments, no blank ones. Of a file that somebody has filled with far more than a
 * file of rules ever has, the first ones: what is told of it must fit into one answer, and what is read of it into the agent.
 *
 * @param leftOut how many there are behind them; above 0, the lines are not the whole. Not counted beyond {@value #MOST_BYTES_READ} bytes
 */
record SpeakingLines(List<String> lines, int leftOut) {
    /** A controller cannot send a file of more than that either: one message is a mebibyte at most. */
    static final int MOST_BYTES = 1 << 20;

    static final int MOST_LINES = 20_000;
    static final int MOST_BYTES_READ = 64 << 20;

    SpeakingLines {
        lines = List.copyOf(lines);
    }

    static SpeakingLines read(Path file) throws IOException {
        return read(file, new Reading(false, line -> {}), MOST_BYTES_READ);
    }

    /** Tells of the whole file, however long it is, line by line; of a line that is too long, its beginning. */
    static SpeakingLines readWhole(Path file, Consumer<String> each) throws IOException {
        return read(file, new Reading(false, each), Long.MAX_VALUE);
    }

    /** Lines that end with a backslash are one with the next, also those of comments: as servers from 14 on read pg_hba.conf. */
    static SpeakingLines readJoined(Path file) throws IOException {
        return read(file, new Reading(true, line -> {}), MOST_BYTES_READ);
    }

    private static SpeakingLines read(Path file, Reading reading, long mostBytes) throws IOException {
        try (InputStream bytes = RegularFile.open(file)) {
            byte[] part = new byte[1 << 16];
            int length = bytes.read(part);
            long all = 0;
            while (length >= 0 && all < mostBytes) {
                reading.take(part, length);
                all += length;
                length = bytes.read(part);
            }
        }
        reading.tellLine();
        return new SpeakingLines(reading.lines, reading.leftOut);
    }

    private static final class Reading {
        private final List<String> lines = new ArrayList<>();
        private final boolean joins;
        private final Consumer<String> each;
        private final Line line = new Line();
        private int bytes;
        private int leftOut;
        private boolean isTooLong;

        Reading(boolean joins, Consumer<String> each) {
            this.joins = joins;
            this.each = each;
        }

        void take(byte[] part, int length) {
            int start = 0;
            for (int i = 0; i < length; i++) {
                if (part[i] == '\n' || (part[i] == '\r' && !joins)) {
                    append(part, start, i);
                    endLine();
                    start = i + 1;
                }
            }
            append(part, start, length);
        }

        private void append(byte[] part, int start, int end) {
            isTooLong |= line.size() + end - start > MOST_BYTES;
            if (!isTooLong) {
                line.write(part, start, end - start);
            }
        }

        private void endLine() {
            if (!joins || isTooLong || !line.isContinued()) {
                tellLine();
            }
        }

        void tellLine() {
            String said = line.toString(StandardCharsets.UTF_8).strip();
            boolean speaks = isTooLong || !said.isEmpty();
            if (speaks && !said.startsWith("#")) {
                each.accept(said);
                tell(said);
            }
            line.reset();
            isTooLong = false;
        }

        /** Nothing behind one that was left out: there would be a gap. */
        private void tell(String said) {
            if (leftOut == 0 && !isTooLong && lines.size() < MOST_LINES && bytes + line.size() <= MOST_BYTES) {
                lines.add(said);
                bytes += line.size();
            } else {
                leftOut++;
            }
        }
    }
    /** The bytes of a line so far, and of those before it that it continues. */
    private static final class Line extends ByteArrayOutputStream {
        private int joined;

        /** Takes the backslash away. One that stood before the last join is a part of the text, as it is to the server. */
        boolean isContinued() {
            while (count > 0 && buf[count - 1] == '\r') {
                count--;
            }
            if (count <= joined || buf[count - 1] != '\\') {
                return false;
            }
            count--;
            joined = count;
            return true;
        }

        @Override
        public synchronized void reset() {
            super.reset();
            joined = 0;
        }
    }
}
