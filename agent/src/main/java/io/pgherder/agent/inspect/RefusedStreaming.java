package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.OperationFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With what a standby was refused when it tried to stream last, as the end of its log says: since its server was started, and unless it has
 * streamed since. Where that cannot be read, or is written otherwise, nothing is known.
 */
final class RefusedStreaming {
    /** Whatever stands before it is the line's prefix: no message of another level, in which anybody may have put these words. */
    private static final String FATAL =
            "(?:(?!\\b(?:DEBUG\\d?|INFO|NOTICE|WARNING|ERROR|LOG|PANIC|STATEMENT|DETAIL|HINT|CONTEXT|QUERY): ).)*?\\bFATAL:\\s+";

    private static final Pattern REFUSAL = Pattern.compile(FATAL
            + "((?:streaming replication receiver \"[^\"]*\" )?could not connect to the primary server: "
            + "(?:FATAL: |connection to server |could not connect to server|could not translate host name ).*"
            + "|could not (?:start WAL streaming|receive data from WAL stream): ERROR: .*"
            + "|database system identifier differs between the primary and standby"
            + "|highest timeline \\d+ of the primary is behind recovery timeline \\d+)");

    private static final Pattern NEW_BEGINNING =
            Pattern.compile(".*\\bLOG:\\s+(starting PostgreSQL \\d|started streaming WAL from primary at ).*");

    private RefusedStreaming() {}

    /**
     * @param collected the file that its logging collector writes, relative to the data directory or not; empty if none collects
     */
    static Optional<String> of(Path dataDir, Optional<String> collected) {
        return collected
                .map(dataDir::resolve)
                .or(() -> standardError(dataDir))
                .flatMap(log -> lastIn(ServerLog.endOf(log)));
    }

    /** Of the lines of one log, the last of them at last. */
    static Optional<String> lastIn(List<String> lines) {
        Optional<String> last = Optional.empty();
        for (String line : lines) {
            Matcher refusal = REFUSAL.matcher(line);
            if (refusal.matches()) {
                last = Optional.of(ServerLog.told(refusal.group(1)));
            } else if (NEW_BEGINNING.matcher(line).matches()) {
                last = Optional.empty();
            }
        }
        return last;
    }

    /** The file that the server was started with for what it has to say. */
    private static Optional<Path> standardError(Path dataDir) {
        try {
            return PostmasterPid.live(dataDir)
                    .map(server -> Path.of("/proc/" + server.pid() + "/fd/2"))
                    .filter(Files::isRegularFile);
        } catch (OperationFailed toldByWhoLooksForTheProcess) {
            return Optional.empty();
        }
    }
}
