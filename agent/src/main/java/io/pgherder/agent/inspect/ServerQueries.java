package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.RecoveryEnd;
import io.pgherder.agent.postgres.SessionLibraries;
import io.pgherder.agent.postgres.WalReception;
import io.pgherder.agent.problem.AgentProblem;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SQL by which a server is asked about itself; PostgreSQL 13 and newer. */
final class ServerQueries {
    /**
     * Of which it matters what the files say: libraries that every session loads, but for the agent's own, which so do not know the values in
     * force; and what ends the recovery of a standby when it starts.
     */
    private static final List<String> IN_FILES = Stream.of(SessionLibraries.SETTINGS, RecoveryEnd.SETTINGS)
            .flatMap(List::stream)
            .toList();

    /** Needed whatever else is asked for: where the server's files are, who it is, and what it promises. */
    static final List<String> ALWAYS = List.of(
            "cluster_name",
            "config_file",
            "data_checksums",
            "data_directory",
            "default_transaction_read_only",
            "fsync",
            "full_page_writes",
            "hba_file",
            "hot_standby",
            "listen_addresses",
            "max_connections",
            "max_locks_per_transaction",
            "max_prepared_transactions",
            "max_replication_slots",
            "max_wal_senders",
            "max_worker_processes",
            "port",
            "primary_conninfo",
            "primary_slot_name",
            "synchronous_commit",
            "synchronous_standby_names",
            "unix_socket_directories",
            "wal_level",
            "wal_log_hints",
            "wal_segment_size");

    private static final int MOST_ROWS = 1000;

    /** CASE, because each of the two families of functions fails on the other kind of server. */
    private static final String SERVER = """
            SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
                   current_setting('server_version_num') AS version_num,
                   r.in_recovery,
                   CASE WHEN r.in_recovery
                        THEN greatest((SELECT timeline_id FROM pg_control_checkpoint()),
                                      (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
                                      (SELECT received_tli FROM pg_stat_wal_receiver))
                        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END AS timeline,
                   CASE WHEN r.in_recovery THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                        ELSE pg_current_wal_flush_lsn() END AS flushed_lsn,
                   CASE WHEN r.in_recovery THEN pg_last_wal_receive_lsn() END AS received_lsn,
                   CASE WHEN r.in_recovery THEN pg_last_wal_replay_lsn() END AS replayed_lsn,
                   CASE WHEN r.in_recovery THEN pg_is_wal_replay_paused() ELSE false END AS replay_paused,
                   CASE WHEN NOT r.in_recovery THEN NULL
                        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
                             AND EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming') THEN 0
                        ELSE (1000 * extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()))::bigint
                        END AS replay_delay_ms,
                   (1000 * extract(epoch FROM pg_postmaster_start_time()))::bigint AS started_at_ms,
                   (1000 * extract(epoch FROM pg_conf_load_time()))::bigint AS config_loaded_at_ms,
                   w.waiting_sessions, w.waiting_since_ms,
                   (SELECT count(*) FROM pg_prepared_xact()) AS prepared_transactions,
                   current_setting('logging_collector')::boolean AS collects, pg_current_logfile('stderr') AS log_file,
                   current_setting('log_min_messages') NOT IN ('fatal', 'panic') AS logs_its_start
              FROM (SELECT pg_is_in_recovery() AS in_recovery) r,
                   (SELECT count(*) AS waiting_sessions,
                           (1000 * extract(epoch FROM min(query_start)))::bigint AS waiting_since_ms
                      FROM pg_stat_activity WHERE wait_event_type = 'IPC' AND wait_event = 'SyncRep') w""";

    private static final String WAL_RECEIVER = """
            SELECT r.sender_host, r.sender_port, r.slot_name, r.received_tli, r.flushed_lsn, %s
              FROM pg_stat_wal_receiver r LEFT JOIN pg_stat_activity a ON a.pid = r.pid""".formatted(WalReception.COLUMNS);

    static final String WAL_SENDERS = """
            SELECT application_name, host(client_addr) AS client_addr, state, sent_lsn, flush_lsn, replay_lsn, sync_state,
                   %s,
                   1000 * extract(epoch FROM write_lag) AS write_lag_ms,
                   1000 * extract(epoch FROM flush_lag) AS flush_lag_ms,
                   1000 * extract(epoch FROM replay_lag) AS replay_lag_ms,
                   CASE WHEN pg_is_in_recovery() THEN false
                        ELSE coalesce(flush_lsn > pg_current_wal_flush_lsn(), false) END AS is_ahead
              FROM pg_stat_replication ORDER BY application_name, pid""".formatted(SilentStandbys.COLUMNS);

    private static final String SLOTS = """
            SELECT slot_name, slot_type, active, temporary, restart_lsn, wal_status,
                   CASE WHEN restart_lsn IS NOT NULL AND wal_status <> 'lost'
                        THEN greatest(pg_wal_lsn_diff(end_of_wal, restart_lsn), 0)::bigint END AS retained_bytes
              FROM pg_replication_slots,
                   (SELECT CASE WHEN pg_is_in_recovery()
                                THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                                ELSE pg_current_wal_flush_lsn() END AS end_of_wal) w
             ORDER BY slot_name""";

    // Beside those that were asked for: what pgherder.conf put in force, although its line may be gone since, and what
    // waits for a restart.
    // Our own session has some things for itself, by its own wish (source "client") or by its role's or database's: of
    // these, what the files say is told, as any other session has it. Where the server takes nothing of its files, or
    // not
    // this line, nobody knows it from here.
    private static final String SETTINGS = """
            SELECT s.name, s.unit, s.context, s.vartype, s.pending_restart,
                   CASE WHEN NOT s.own THEN current_setting(s.name) ELSE coalesce(f.setting, s.boot_val) END AS value,
                   CASE WHEN NOT s.own THEN s.setting ELSE coalesce(f.setting, s.boot_val) END AS setting,
                   CASE WHEN NOT s.own THEN s.source
                        WHEN f.setting IS NULL THEN 'default' ELSE 'configuration file' END AS source,
                   CASE WHEN NOT s.own OR f.setting IS NOT NULL THEN false
                        ELSE NOT EXISTS (SELECT FROM pg_file_settings WHERE applied)
                             OR EXISTS (SELECT FROM pg_file_settings
                                         WHERE lower(name) = lower(s.name) AND error IS NOT NULL) END AS unread,
                   coalesce(s.sourcefile, f.sourcefile) AS sourcefile, coalesce(s.sourceline, f.sourceline) AS sourceline
              FROM (SELECT *, source IN ('client', 'global', 'user', 'database', 'database user') AS own FROM pg_settings) s
              LEFT JOIN LATERAL (SELECT setting, sourcefile, sourceline FROM pg_file_settings
                                  WHERE s.own AND lower(name) = lower(s.name) AND applied
                                  ORDER BY seqno DESC LIMIT 1) f ON true
             WHERE lower(s.name) IN (%s) OR s.pending_restart OR (%s)
                OR coalesce(s.sourcefile, f.sourcefile) LIKE '%%/pgherder.conf' ORDER BY s.name""";

    // What somebody has set, and what the files would set to something else: by a reload, or by a restart that it waits
    // for. Who spells a value
    // otherwise than SHOW and pg_settings do is told as well. The files are read once, for all rows.
    private static final String SET_BY_SOMEBODY = """
            s.source = 'command line' OR (s.own AND f.setting IS NOT NULL) OR (s.sourcefile IS NOT NULL AND s.setting IS DISTINCT FROM s.boot_val)
                OR lower(s.name) IN (
                   SELECT lower(p.name)
                     FROM pg_settings p,
                          (SELECT DISTINCT ON (lower(name)) name, setting FROM pg_file_settings
                            WHERE name IS NOT NULL ORDER BY lower(name), seqno DESC) w
                    WHERE lower(p.name) = lower(w.name)
                      AND lower(w.setting) NOT IN (lower(p.setting), lower(current_setting(p.name))))""";

    private static final String ROLES = """
            SELECT rolname, rolcanlogin, rolreplication, rolpassword,
                   coalesce(rolvaliduntil <= now(), false) AS expired,
                   coalesce(rolpassword LIKE 'SCRAM-SHA-256$%%', false) AS scram_password
              FROM pg_authid WHERE rolname IN (%s) ORDER BY rolname""";

    private static final String TABLESPACES = """
            SELECT spcname || ' in ' || pg_tablespace_location(oid) AS tablespace
              FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global') ORDER BY spcname""";

    private static final String ROLE_SETTINGS = """
            SELECT coalesce(r.rolname, '') AS rolname, coalesce(d.datname, '') AS datname, c.name, c.value
              FROM pg_db_role_setting s
              LEFT JOIN pg_roles r ON r.oid = s.setrole
              LEFT JOIN pg_database d ON d.oid = s.setdatabase,
                   LATERAL (SELECT split_part(said, '=', 1) AS name, substr(said, strpos(said, '=') + 1) AS value
                              FROM unnest(s.setconfig) said) c
             WHERE lower(c.name) = 'synchronous_commit' ORDER BY rolname, datname LIMIT\s""" + MOST_ROWS;

    private static final String DATABASES = "SELECT datname FROM pg_database WHERE datname IN (%s) ORDER BY datname";

    // Of entries for one name the last wins: those are kept.
    private static final String FILE_ENTRIES = """
            SELECT * FROM
                   (SELECT seqno, name, setting, sourcefile, sourceline, applied, error
                      FROM pg_file_settings
                     WHERE lower(name) IN (%s) OR (%s) OR (name IS NOT NULL AND sourcefile LIKE '%%/pgherder.conf')
                        OR lower(name) IN (SELECT lower(s.name) FROM pg_settings s WHERE s.pending_restart)
                     ORDER BY seqno DESC LIMIT\s""" + MOST_ROWS + ") f ORDER BY seqno";

    // What others have changed in the files, and the next reload or restart would put in force. Our own session has
    // some things for itself; what SHOW does not tell as it is written, as "(disabled)", cannot be compared.
    private static final String WAITING = """
            SELECT s.name, current_setting(s.name) AS value, s.setting, s.unit, s.context, s.vartype, false AS pending_restart,
                   s.source, s.sourcefile, s.sourceline,
                   w.setting AS written, w.sourcefile AS written_file, w.sourceline AS written_line
              FROM (SELECT DISTINCT ON (lower(name)) name, setting, sourcefile, sourceline FROM pg_file_settings
                     WHERE name IS NOT NULL ORDER BY lower(name), seqno DESC) w
              JOIN pg_settings s ON lower(s.name) = lower(w.name)
             WHERE w.sourcefile NOT LIKE '%/pgherder.conf'
               AND s.source IN ('default', 'configuration file', 'environment variable')
               AND s.setting NOT LIKE '(%)'
               AND lower(w.setting) NOT IN (lower(s.setting), lower(current_setting(s.name)))
             ORDER BY s.name LIMIT\s""" + FileErrors.TOLD;

    static final String SIZE = "SELECT sum(pg_database_size(oid))::bigint AS bytes FROM pg_database";

    private ServerQueries() {}

    static String facts(InstanceQuery query) {
        return String.join(
                ";\n",
                SERVER,
                WAL_RECEIVER,
                WAL_SENDERS,
                SLOTS,
                SETTINGS.formatted(names(query.settings()), query.everySetting() ? SET_BY_SOMEBODY : "false"),
                ROLES.formatted(list(query.roles().stream())),
                TABLESPACES,
                ROLE_SETTINGS,
                DATABASES.formatted(list(query.databases().stream())));
    }

    /** What the settings files say now. To be asked after {@link #facts}: reading them marks in the session what they would change. */
    static String files(Collection<String> settings, boolean everySetting) {
        return String.join(
                ";\n",
                FILE_ENTRIES.formatted(
                        names(Stream.concat(settings.stream(), IN_FILES.stream())
                                .toList()),
                        everySetting ? "name IS NOT NULL" : "false"),
                FileErrors.first(FileErrors.IN_SETTINGS),
                WAITING);
    }

    private static String names(Collection<String> settings) {
        return list(Stream.concat(ALWAYS.stream(), settings.stream().map(ServerQueries::lower))
                .distinct());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** At least one literal: {@code IN ()} is no SQL. */
    private static String list(Stream<String> values) {
        return Stream.concat(Stream.of(""), values).map(ServerQueries::literal).collect(Collectors.joining(", "));
    }

    private static String literal(String value) {
        if (value.indexOf('\0') >= 0 || value.indexOf('\\') >= 0) {
            AgentProblem problem =
                    InspectProblem.BAD_NAME.summary("\"" + value + "\" is not the name of a setting or role");
            throw problem.failure();
        }
        return "'" + value.replace("'", "''") + "'";
    }
}
