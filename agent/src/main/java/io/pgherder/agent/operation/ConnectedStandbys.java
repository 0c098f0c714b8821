package io.pgherder.agent.operation;

import io.pgherder.agent.operation.SynchronousMembers.Connected;
import io.pgherder.agent.postgres.LocalSql;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The standbys that get their WAL from a running server, for which of them its commits wait, and how far they have confirmed. */
final class ConnectedStandbys {
    private final LocalSql sql;

    ConnectedStandbys(LocalSql sql) {
        this.sql = sql;
    }

    /** The names of the standbys that stream from this server; copies that are being made are none. */
    Set<String> followers() {
        return sql
                .query("SELECT application_name FROM pg_stat_replication WHERE state = 'streaming'"
                        + " AND NOT starts_with(application_name, '" + CloneStandby.APPLICATION_NAME_PREFIX + "')")
                .stream()
                .map(row -> row.text("application_name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Who is connected to get WAL, whether it has caught up or not; copies that are being made are not among them. */
    List<Connected> connected() {
        return sql
                .query("SELECT application_name, state,"
                        + " CASE WHEN flush_lsn IS NOT NULL THEN"
                        + " greatest(0, pg_wal_lsn_diff(pg_current_wal_flush_lsn(), flush_lsn))::bigint END AS bytes_behind"
                        + " FROM pg_stat_replication WHERE NOT starts_with(application_name, '"
                        + CloneStandby.APPLICATION_NAME_PREFIX + "')")
                .stream()
                .map(row -> new Connected(
                        row.text("application_name"),
                        row.text("state"),
                        row.maybe("bytes_behind").map(Long::valueOf)))
                .toList();
    }

    /** Writes something, locally, and returns up to where everything is on the disk then. */
    String writtenUpTo() {
        writeSomething();
        return sql.query("SELECT pg_current_wal_flush_lsn()::text AS lsn")
                .get(0)
                .text("lsn");
    }

    /** The names of the standbys that stream and have said that they have all of it, up to there, on their disks. */
    List<String> havingOnDisk(String lsn) {
        return sql
                .query(
                        "SELECT application_name FROM pg_stat_replication"
                                + " WHERE state = 'streaming' AND flush_lsn >= ?::pg_lsn",
                        lsn)
                .stream()
                .map(row -> row.text("application_name"))
                .toList();
    }

    /** The {@code synchronous_standby_names} that commits wait by now. */
    String namesInForce() {
        return sql.query("SELECT current_setting('synchronous_standby_names') AS names")
                .get(0)
                .text("names");
    }

    /** The {@code synchronous_standby_names} that the next reload puts in force. */
    String writtenNames() {
        return sql.first("SELECT setting FROM pg_file_settings WHERE lower(name) = 'synchronous_standby_names'"
                        + " AND error IS NULL ORDER BY seqno DESC LIMIT 1")
                .map(row -> row.text("setting"))
                .orElse("");
    }

    /**
     * If the rule has changed, now or in a run that was cut off: commits that wait are released by the next reply of a standby that the new
     * rule counts. If all sessions wait, nobody writes and it has nothing to reply to before its wal_receiver_status_interval is over, ten
     * seconds as a rule: so something is written.
     */
    void releaseWaitingCommits() {
        writeSomething();
    }

    private void writeSomething() {
        sql.query("SELECT pg_logical_emit_message(true, 'pgherder', '')");
    }
}
