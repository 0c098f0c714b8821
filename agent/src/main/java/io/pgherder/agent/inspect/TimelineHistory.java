package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The history file that a promotion leaves in pg_wal, and that everybody gets who follows it: each timeline that came before, with its end
 * and the reason for that.
 *
 * @see <a href="https://www.postgresql.org/docs/15/continuous-archiving.html#BACKUP-TIMELINES">timelines</a>
 */
final class TimelineHistory {
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d{1,9})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(\\s.*)?");

    private TimelineHistory() {}

    /** Of this timeline, the first ones first; empty if none came before it, or the file is not there or cannot be read: nobody concludes anything from that. */
    static List<TimelineEnd> of(Path dataDir, int timeline) {
        Path file = dataDir.resolve("pg_wal").resolve(String.format(Locale.ROOT, "%08X.history", timeline));
        try {
            return Files.isRegularFile(file)
                    ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                            .map(LINE::matcher)
                            .filter(Matcher::matches)
                            .map(line -> new TimelineEnd(Integer.parseInt(line.group(1)), line.group(2)))
                            .toList()
                    : List.of();
        } catch (IOException goneOrClosed) {
            return List.of();
        }
    }
}
