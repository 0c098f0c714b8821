package io.pgherder.controller.pgvalue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * A position in the write-ahead log: an unsigned 64-bit count of bytes, written as two hexadecimal halves, {@code 0/5F2A1C8}.
 * Comparable only within one timeline's history.
 *
 * @see <a href="https://www.postgresql.org/docs/15/datatype-pg-lsn.html">pg_lsn</a>
 */
public record Lsn(long position) implements Comparable<Lsn> {
    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /** @throws IllegalArgumentException if the text is not a position */
    public static Lsn parse(String text) {
        requireNonNull(text, "text is null");
        Matcher halves = TEXT.matcher(text);
        if (!halves.matches()) {
            throw new IllegalArgumentException("not a WAL position: \"" + text + "\"");
        }
        return new Lsn(Long.parseLong(halves.group(1), 16) << 32 | Long.parseLong(halves.group(2), 16));
    }

    /** Empty text and {@code 0/0} mean that PostgreSQL knows no position. */
    public static Optional<Lsn> parseOptional(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Lsn lsn = parse(text);
        return lsn.position == 0 ? Optional.empty() : Optional.of(lsn);
    }

    /** How many bytes this position is ahead of the other one; negative if it is behind. */
    public long bytesAheadOf(Lsn other) {
        return position - other.position;
    }

    public static Lsn max(Lsn a, Lsn b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(position >>> 32, position & 0xFFFF_FFFFL);
    }
}
