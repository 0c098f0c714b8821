package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a running server has in force of the settings of pgherder.conf that a reload can change, looked at once it has read that file. What a
 * role or a database of its own says is no server's value, and what a session has from its beginning (log_connections) the one that asks
 * still has from before.
 */
record ValuesInForce(LocalSql sql) {
    private static final String RELOADED =
            " s.context NOT IN ('postmaster', 'internal', 'backend', 'superuser-backend')"
                    + " AND s.source NOT IN ('global', 'database', 'user', 'database user', 'client', 'session')";

    private static final String DECIDED_ELSEWHERE = "SELECT DISTINCT s.name, s.source, s.sourcefile, s.sourceline"
            + " FROM pg_file_settings f JOIN pg_settings s ON lower(s.name) = lower(f.name)"
            + " WHERE f.sourcefile LIKE '%/" + ManagedSettings.FILE + "' AND" + RELOADED
            + " AND coalesce(s.sourcefile, '') NOT LIKE '%/" + ManagedSettings.FILE + "' ORDER BY s.name";

    private static final String WRITTEN =
            "SELECT s.name, f.setting AS written, s.setting AS raw, current_setting(s.name) AS shown"
                    + " FROM (SELECT DISTINCT ON (lower(name)) name, setting, sourcefile FROM pg_file_settings"
                    + " WHERE name IS NOT NULL ORDER BY lower(name), seqno DESC) f"
                    + " JOIN pg_settings s ON lower(s.name) = lower(f.name)"
                    + " WHERE f.sourcefile LIKE '%/" + ManagedSettings.FILE + "' AND" + RELOADED
                    + " AND s.sourcefile LIKE '%/" + ManagedSettings.FILE + "' ORDER BY s.name";

    /** Those that a server shows in its own way, or as those of a connection: what is shown is not the value. */
    private static final Set<String> SHOWN_OTHERWISE = Set.of(
            "archive_command",
            "log_file_mode",
            "log_timezone",
            "tcp_keepalives_count",
            "tcp_keepalives_idle",
            "tcp_keepalives_interval",
            "tcp_user_timeout",
            "timezone");

    /** Those that the server has from elsewhere all the same: "work_mem (command line)". */
    List<String> decidedElsewhere() {
        return sql.query(DECIDED_ELSEWHERE).stream()
                .map(row -> row.text("name") + " ("
                        + (row.text("sourcefile").isEmpty()
                                ? row.text("source")
                                : row.text("sourcefile") + ":" + row.text("sourceline"))
                        + ")")
                .toList();
    }

    /**
     * Those that come from pgherder.conf and have another value than it says: "work_mem is 4MB, and pgherder.conf says 8MB".
     *
     * @param asAStartTakesIt what the server's own program makes of a setting as it is in the files, in its unit; empty if it does not say
     */
    List<String> otherThanWritten(Function<String, Optional<String>> asAStartTakesIt) {
        return otherThanWritten(sql.query(WRITTEN), asAStartTakesIt);
    }

    static List<String> otherThanWritten(List<Row> rows, Function<String, Optional<String>> asAStartTakesIt) {
        return rows.stream()
                .filter(row -> !SHOWN_OTHERWISE.contains(row.text("name").toLowerCase(Locale.ROOT)))
                .filter(row -> !isAsWritten(row, asAStartTakesIt))
                .map(row -> row.text("name") + " is " + value(row, "shown") + ", and " + ManagedSettings.FILE + " says "
                        + value(row, "written"))
                .toList();
    }

    /** Where the spelling is the same, nobody need be asked: 1GB, and not 1024MB. */
    private static boolean isAsWritten(Row row, Function<String, Optional<String>> asAStartTakesIt) {
        String written = row.text("written");
        return written.equalsIgnoreCase(row.text("raw"))
                || written.equalsIgnoreCase(row.text("shown"))
                || asAStartTakesIt
                        .apply(row.text("name"))
                        .map(row.text("raw")::equals)
                        .orElse(true);
    }

    private static String value(Row row, String column) {
        String value = PasswordMask.told(row.text("name"), row.text(column));
        return value.isEmpty() ? "empty" : value;
    }
}
