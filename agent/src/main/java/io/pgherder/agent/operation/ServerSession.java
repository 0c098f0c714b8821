package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.operation.SynchronousMembers.Connected;
import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.IdentifySystem;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the operations ask of a running server, and tell it, in one session. */
final class ServerSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RELOAD = Duration.ofSeconds(10);

    private static final int TELLS_OF_IDENT = 15;

    private static final String NOTHING_TAKEN =
            "nothing was reloaded or restarted: with one bad line PostgreSQL takes none";

    private static final String OUR_FILE = "/" + ManagedSettings.FILE + ":";

    private final InstancePlace place;
    private final LocalSql sql;
    private final WalReceiving receiving;

    private ServerSession(InstancePlace place, LocalSql sql) {
        this.place = place;
        this.sql = sql;
        this.receiving = new WalReceiving(sql);
    }

    static ServerSession open(InstancePlace place) {
        return new ServerSession(place, LocalSql.openToChange(place, PATIENCE));
    }

    LocalSql sql() {
        return sql;
    }

    boolean isInRecovery() {
        return sql.query("SELECT pg_is_in_recovery() AS in_recovery").get(0).flag("in_recovery");
    }

    /** As a standby's followers would be answered. */
    IdentifySystem.Answer identity() {
        Row row = sql.query("SELECT (SELECT system_identifier FROM pg_control_system())::text AS system,"
                        + " greatest((SELECT timeline_id FROM pg_control_checkpoint()),"
                        + " (SELECT received_tli FROM pg_stat_wal_receiver)) AS timeline")
                .get(0);
        return new IdentifySystem.Answer(row.text("system"), (int) row.number("timeline"));
    }

    /** How it gets its WAL, if it is a standby. */
    WalReceiving receiving() {
        return receiving;
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
    List<Connected> connectedStandbys() {
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
    List<String> haveOnDisk(String lsn) {
        return sql
                .query(
                        "SELECT application_name FROM pg_stat_replication"
                                + " WHERE state = 'streaming' AND flush_lsn >= ?::pg_lsn",
                        lsn)
                .stream()
                .map(row -> row.text("application_name"))
                .toList();
    }

    String synchronousNamesInForce() {
        return sql.query("SELECT current_setting('synchronous_standby_names') AS names")
                .get(0)
                .text("names");
    }

    /** The settings that would change with a restart, by the files as they are on disk. Asking marks in this session those that would. */
    List<FormerSettings.Waiting> waitingForRestart() {
        sql.query("SELECT count(*) FROM pg_file_settings");
        return sql
                .query("SELECT name, current_setting(name) AS value, source = 'default' AS is_default FROM pg_settings"
                        + " WHERE pending_restart ORDER BY name")
                .stream()
                .map(row -> new FormerSettings.Waiting(row.text("name"), row.text("value"), row.flag("is_default")))
                .toList();
    }

    /** Those that the next reload puts in force. */
    String writtenSynchronousNames() {
        return sql.first("SELECT setting FROM pg_file_settings WHERE lower(name) = 'synchronous_standby_names'"
                        + " AND error IS NULL ORDER BY seqno DESC LIMIT 1")
                .map(row -> row.text("setting"))
                .orElse("");
    }

    /** By which a standby connects when it does so the next time. */
    PrimaryConninfo conninfoInForce() {
        return PrimaryConninfo.parse(sql.query("SELECT current_setting('primary_conninfo') AS conninfo")
                .get(0)
                .text("conninfo"));
    }

    String slotInForce() {
        return sql.query("SELECT current_setting('primary_slot_name') AS slot")
                .get(0)
                .text("slot");
    }

    /**
     * A setting that is not the one of pgherder.conf.
     *
     * @param name "primary_conninfo"
     * @param source where it comes from: "/data01/pg/postgresql.auto.conf:3", or "no file"
     */
    record Overridden(String name, String source) {
        String words() {
            return name + " is not the one of " + ManagedSettings.FILE + ": it comes from " + source;
        }
    }

    /** Those of the settings by which a standby follows its upstream that somebody else has set. */
    List<Overridden> overriddenUpstream() {
        return sql
                .query("SELECT name, sourcefile, sourceline FROM pg_settings"
                        + " WHERE name IN ('primary_conninfo', 'primary_slot_name') ORDER BY name")
                .stream()
                .filter(row -> !row.text("sourcefile").endsWith("/" + ManagedSettings.FILE))
                .map(row -> new Overridden(
                        row.text("name"),
                        row.text("sourcefile").isEmpty()
                                ? "no file"
                                : row.text("sourcefile") + ":" + row.text("sourceline")))
                .toList();
    }

    /**
     * Takes these names out of postgresql.auto.conf, and sees to it that they are out. Takes effect by a reload or a restart. Returns those that
     * were there.
     */
    Set<String> resetAlterSystem(List<String> names) {
        Set<String> altered = altered(names);
        for (String name : altered) {
            sql.execute("ALTER SYSTEM RESET " + name);
        }
        Set<String> left = altered(names);
        if (!left.isEmpty()) {
            throw ConfigFileProblem.STILL_ALTERED
                    .summary("postgresql.auto.conf of " + place.node() + " still sets " + String.join(", ", left))
                    .detail("ALTER SYSTEM RESET has been carried out")
                    .hint("does somebody set it again and again?")
                    .failure();
        }
        return altered;
    }

    /** Those of the names that postgresql.auto.conf sets at this moment, whether the server has read it or not. */
    private Set<String> altered(List<String> names) {
        return sql
                .query("SELECT name FROM pg_file_settings WHERE name IS NOT NULL"
                        + " AND sourcefile LIKE '%/postgresql.auto.conf'")
                .stream()
                .map(row -> row.text("name"))
                .filter(name -> names.stream().anyMatch(name::equalsIgnoreCase))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Those settings of pgherder.conf that a reload puts in force, and that this server has from elsewhere all the same: "work_mem (command
     * line)". What a role or a database of its own says is no server's value, and what a session has from its beginning (log_connections)
     * this one still has from before.
     */
    List<String> notInForce() {
        return sql
                .query("SELECT DISTINCT s.name, s.source, s.sourcefile, s.sourceline"
                        + " FROM pg_file_settings f JOIN pg_settings s ON lower(s.name) = lower(f.name)"
                        + " WHERE f.sourcefile LIKE '%/" + ManagedSettings.FILE
                        + "' AND s.context NOT IN ('postmaster', 'internal', 'backend', 'superuser-backend')"
                        + " AND s.source NOT IN ('global', 'database', 'user', 'database user', 'client', 'session')"
                        + " AND coalesce(s.sourcefile, '') NOT LIKE '%/" + ManagedSettings.FILE + "' ORDER BY s.name")
                .stream()
                .map(row -> row.text("name") + " ("
                        + (row.text("sourcefile").isEmpty()
                                ? row.text("source")
                                : row.text("sourcefile") + ":" + row.text("sourceline"))
                        + ")")
                .toList();
    }

    /** Errors in the settings files as they are on disk now, "file:line: message". */
    List<String> settingsErrors() {
        return FileErrors.inSettings(sql.query(FileErrors.IN_SETTINGS));
    }

    /** Those of them that are in pgherder.conf: errors in other files are not ours to undo. */
    List<String> managedErrors() {
        return settingsErrors().stream()
                .filter(error -> error.contains(OUR_FILE))
                .toList();
    }

    /** The first errors in pg_hba.conf as it is on disk now, "file:line: message"; or the one that it cannot be opened. */
    List<String> hbaErrors() {
        return FileErrors.firstInHba(sql);
    }

    /** The same of pg_ident.conf, of which servers tell from 15 on. */
    private List<String> identErrors() {
        return place.majorVersion() < TELLS_OF_IDENT ? List.of() : FileErrors.firstInIdent(sql);
    }

    /** Whether the server has read pg_hba.conf since it was written; of a file's time it tells whole seconds, and in doubt it has not. */
    boolean isHbaLoaded() {
        return sql.query("SELECT (pg_stat_file(current_setting('hba_file'))).change"
                        + " < date_trunc('second', pg_conf_load_time()) AS is_loaded")
                .get(0)
                .flag("is_loaded");
    }

    /**
     * Fails if there are errors in settings files that pgherder does not write: nothing that it writes would take effect before they are mended.
     *
     * @param decided names that are about to be written or reset: an earlier line for one of them is passed over then
     */
    void requireOthersGood(Collection<String> decided) {
        require(
                settingsErrors().stream()
                        .filter(error -> !error.contains(ManagedSettings.FILE))
                        .filter(error -> decided.stream().noneMatch(name -> error.contains(": " + name + " = '")))
                        .toList(),
                "nothing was written: with one bad line PostgreSQL takes nothing of any file");
    }

    /** Fails if the server could not use its files as they are on disk now. */
    void requireGoodFiles() {
        List<String> errors = new ArrayList<>(settingsErrors());
        errors.addAll(hbaErrors());
        errors.addAll(identErrors());
        require(errors, NOTHING_TAKEN);
    }

    /** Fails if the server could not use its settings files: then it would not say that it has read pg_hba.conf either. */
    void requireGoodSettings() {
        require(settingsErrors(), NOTHING_TAKEN);
    }

    private void require(List<String> errors, String consequence) {
        if (!errors.isEmpty()) {
            throw ConfigFileProblem.RELOAD_ERRORS
                    .summary("the configuration files of " + place.node() + " have errors")
                    .details(errors)
                    .detail(consequence)
                    .hint(
                            errors.stream().allMatch(error -> error.contains(OUR_FILE))
                                    ? "has somebody edited " + ManagedSettings.FILE
                                            + "? Run the same command again: it finds that and writes the file anew"
                                    : "whose lines are these? pgherder writes only " + ManagedSettings.FILE
                                            + " and pg_hba.conf anew: correct or remove those in other files")
                    .failure();
        }
    }

    /** Makes the server read its files again, and waits until it has; a standby that they send elsewhere has left its old upstream. */
    void reload(Cancellation cancellation) {
        Optional<Long> receiver = receiverPid();
        String way = wayToUpstream();
        String before = loadTime();
        sql.query("SELECT pg_reload_conf()");
        if (!Wait.until(RELOAD, cancellation, () -> !loadTime().equals(before))) {
            throw ConfigFileProblem.NOT_RELOADED
                    .summary(place.node() + " did not read its files again within " + RELOAD.toSeconds() + " s")
                    .details(settingsErrors())
                    .hint("is the server stopped or hanging? With a bad line in a settings file it takes none of them")
                    .failure();
        }
        if (!way.equals(wayToUpstream())) {
            receiver.ifPresent(old -> awaitEndOf(old, cancellation));
        }
        if (!isInRecovery()) {
            releaseWaitingCommits();
        }
    }

    /**
     * If the rule has changed, now or in a run that was cut off: commits that wait are released by the next reply of a standby that the new
     * rule counts. If all sessions wait, nobody writes and it has nothing to reply to before its wal_receiver_status_interval is over, ten
     * seconds as a rule: so something is written.
     */
    private void releaseWaitingCommits() {
        writeSomething();
    }

    private void writeSomething() {
        sql.query("SELECT pg_logical_emit_message(true, 'pgherder', '')");
    }

    /**
     * The same; a standby whose way to its upstream this changes has taken the new one, if it is open.
     *
     * @return the outcome in words: "reloaded", or that a standby which streamed does not do so again
     */
    String reloadAndStream(Cancellation cancellation) {
        boolean streamed = receiverPid().isPresent();
        reload(cancellation);
        boolean streamsAgain = !streamed || Wait.until(RELOAD, cancellation, receiving::isStreaming);
        return streamsAgain
                ? "reloaded"
                : "reloaded; it did not stream again within " + RELOAD.toSeconds() + " s, and may still";
    }

    /**
     * A WAL receiver that goes the old way is ended by the startup process, which reads the files a little later than this session. One
     * that stays is seen by whoever looks where the standby streams from.
     */
    private void awaitEndOf(long receiver, Cancellation cancellation) {
        Wait.until(
                RELOAD,
                cancellation,
                () -> receiverPid().filter(now -> now == receiver).isEmpty());
    }

    private Optional<Long> receiverPid() {
        return receiving.receiver().map(receiver -> receiver.reception().pid());
    }

    private String wayToUpstream() {
        return sql.query(
                        "SELECT current_setting('primary_conninfo') || E'\\n' || current_setting('primary_slot_name') AS way")
                .get(0)
                .text("way");
    }

    private String loadTime() {
        return sql.query("SELECT pg_conf_load_time()::text AS loaded").get(0).text("loaded");
    }

    @Override
    public void close() {
        sql.close();
    }
}
