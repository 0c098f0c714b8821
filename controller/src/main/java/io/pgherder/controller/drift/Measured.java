package io.pgherder.controller.drift;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Amounts that are other ones at every look, as a difference tells them. Each is told with one decimal and in one unit, however large it
 * is: so two that differ by nothing but their amounts can be told for the same.
 */
public final class Measured {
    /** {@code 12.3}, {@code 0/5F2A1C8}. */
    private static final Pattern AMOUNT = Pattern.compile("\\b[0-9A-F]+/[0-9A-F]+\\b|\\b\\d+\\.\\d+\\b");

    private Measured() {}

    /** "12.3 MB", of 1024 * 1024 bytes. */
    public static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1024.0 / 1024.0);
    }

    /** "23.0 s". */
    public static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }

    /** The text without its amounts, and without positions in the WAL: what stays the same while only these move. */
    public static String masked(String text) {
        return AMOUNT.matcher(text).replaceAll("#");
    }
}
