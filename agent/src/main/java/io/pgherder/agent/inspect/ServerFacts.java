package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.FileErrors;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the server itself says, in PostgreSQL's own text where it is only passed on; an LSN that there is not is empty.
 *
 * @param flushedLsn of a primary the flushed position; of a standby max(receive, replay)
 * @param receivedLsn standbys only; empty after a restart until streaming starts
 * @param replayDelayMillis age of the last replayed commit, 0 when all that was received is replayed; empty if there is nothing to measure
 * @param configErrors errors in the files as they are on disk now
 * @param tablespaces beside PostgreSQL's own, "fast in /mnt/fast"
 * @param fileEntries what the settings files say as they are on disk now, in the order in which the server reads them; empty Optional: it
 *     could not be asked in time
 * @param roleSettings what ALTER ROLE and ALTER DATABASE say of synchronous_commit
 * @param databases those of the ones asked for that there are
 * @param lastRefusal of a standby that does not stream: with what it was refused, in the words of its log; empty if that is not known
 * @param sessionsEnd why every ordinary session ends before it begins: a library that all load is not there; empty: they begin, or nobody knows
 * @param waitingSessions how many sessions wait for synchronous replication
 * @param waitingSinceMillis since when the longest of them does, milliseconds since the Unix epoch
 * @param databaseBytes empty if counting took too long
 * @param preparedTransactions how many there are for a commit in two phases; of a standby none, which has its primary's
 * @param waiting the first hundred, by name; text that means the same is among them
 */
public record ServerFacts(
        String version,
        int versionNumber,
        boolean inRecovery,
        int timeline,
        String flushedLsn,
        String receivedLsn,
        String replayedLsn,
        boolean replayPaused,
        Optional<Long> replayDelayMillis,
        Optional<WalReceiver> walReceiver,
        List<WalSender> walSenders,
        List<Slot> slots,
        List<Setting> settings,
        List<Role> roles,
        FileErrors configErrors,
        FileErrors hbaErrors,
        FileErrors identErrors,
        int waitingSessions,
        Optional<Long> waitingSinceMillis,
        Optional<Long> databaseBytes,
        long startedAtMillis,
        long configLoadedAtMillis,
        List<String> tablespaces,
        Optional<List<FileEntry>> fileEntries,
        List<RoleSetting> roleSettings,
        List<String> databases,
        Optional<String> lastRefusal,
        Optional<String> sessionsEnd,
        int preparedTransactions,
        List<Waiting> waiting) {
    public ServerFacts {
        requireNonNull(version, "version is null");
        requireNonNull(flushedLsn, "flushedLsn is null");
        requireNonNull(receivedLsn, "receivedLsn is null");
        requireNonNull(replayedLsn, "replayedLsn is null");
        requireNonNull(replayDelayMillis, "replayDelayMillis is null");
        requireNonNull(walReceiver, "walReceiver is null");
        requireNonNull(waitingSinceMillis, "waitingSinceMillis is null");
        requireNonNull(databaseBytes, "databaseBytes is null");
        requireNonNull(lastRefusal, "lastRefusal is null");
        requireNonNull(sessionsEnd, "sessionsEnd is null");
        walSenders = List.copyOf(walSenders);
        slots = List.copyOf(slots);
        settings = List.copyOf(settings);
        roles = List.copyOf(roles);
        tablespaces = List.copyOf(tablespaces);
        fileEntries = fileEntries.map(List::copyOf);
        roleSettings = List.copyOf(roleSettings);
        databases = List.copyOf(databases);
        waiting = List.copyOf(waiting);
    }

    /**
     * What somebody has changed in a file that is not pgherder.conf, and the server has not in force so far.
     *
     * @param inForce the setting as the server has it
     * @param line that the next reload or restart would take
     */
    public record Waiting(Setting inForce, FileEntry line) {}

    /** A row of pg_stat_wal_receiver. */
    public record WalReceiver(
            String status,
            String senderHost,
            int senderPort,
            String slot,
            int receivedTimeline,
            String flushedLsn,
            long pid) {}

    /**
     * A row of pg_stat_replication.
     *
     * @param silentMillis how old the last answer of a {@linkplain SilentStandbys silent} synchronous standby is, by this server's clock less
     *     the standby's; empty if it owes none, or answers
     */
    public record WalSender(
            String applicationName,
            String clientAddress,
            String state,
            String sentLsn,
            String flushLsn,
            String replayLsn,
            Optional<Double> writeLagMillis,
            Optional<Double> flushLagMillis,
            Optional<Double> replayLagMillis,
            String syncState,
            boolean isAhead,
            Optional<Long> silentMillis) {}

    /**
     * A row of pg_replication_slots.
     *
     * @param retainedBytes how much WAL it keeps, up to the server's flushed position; empty if it keeps none
     */
    public record Slot(
            String name,
            String type,
            boolean active,
            boolean temporary,
            String restartLsn,
            String walStatus,
            Optional<Long> retainedBytes) {}

    /** A row of pg_settings; {@code value} as SHOW prints it, {@code rawValue} counted in {@code unit}. */
    public record Setting(
            String name,
            String value,
            String rawValue,
            String unit,
            String context,
            String type,
            boolean pendingRestart,
            String source,
            String sourceFile,
            int sourceLine) {}

    /**
     * A row of pg_file_settings.
     *
     * @param value as it is written, without quotes and without passwords
     * @param applied whether a reload or restart would take the value from here: false if a later entry wins, and for all if an error keeps
     *     the server from taking any of the files
     * @param error why it cannot be applied, in PostgreSQL's words, or that it waits for a restart; empty if it can be
     */
    public record FileEntry(String name, String value, String file, int line, boolean applied, String error) {}

    /**
     * One setting of a row of pg_db_role_setting.
     *
     * @param role empty: all roles
     * @param database empty: all databases
     */
    public record RoleSetting(String role, String database, String name, String value) {}

    /**
     * A row of pg_authid.
     *
     * @param password of the role whose login was asked about, how its password compares
     * @param expired whether it is past its VALID UNTIL
     */
    public record Role(
            String name,
            boolean login,
            boolean replication,
            boolean scramPassword,
            PasswordMatch password,
            boolean expired) {}
}
