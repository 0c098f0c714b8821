package io.pgherder.controller.report.text;

import java.time.Duration;
import java.util.Locale;

/** Durations as a person says them: "0.2s", "41s", "12m 44s", "3h 5m", "2d 4h". */
final class TimeSpan {
    private TimeSpan() {}

    static String words(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1fs", span.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
        }
        return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
    }

    /** A lag, which is usually below a second: "0.1 ms", "340 ms", then as {@link #words}. */
    static String lag(Duration span) {
        double millis = span.toNanos() / 1e6;
        if (millis >= 1000) {
            return words(span);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
}
