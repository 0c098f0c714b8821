package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.PgVersion;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.pgvalue.SessionScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the server itself says.
 *
 * @param flushed a primary's flushed position; a standby's max(receive, replay)
 * @param received standbys only; empty after a restart until streaming starts
 * @param replayDelay age of the last replayed commit; standbys only
 * @param roles those of the ones asked for that there are
 * @param configErrors errors in the configuration files as they are on disk now
 * @param identErrors the same of pg_ident.conf, of which servers tell from 15 on
 * @param databaseBytes empty if counting took too long
 * @param configLoadedAt when the configuration files were read last, by a start or a reload
 * @param tablespaces beside PostgreSQL's own, "fast in /mnt/fast"
 * @param fileEntries what the settings files say as they are on disk now, in the order in which the server reads them; empty Optional: not
 *     known
 * @param roleSettings what ALTER ROLE and ALTER DATABASE say of synchronous_commit; empty Optional: not known
 * @param databases those of the ones asked for that there are; empty Optional: not known
 * @param lastRefusal of a standby that does not stream: with what it was refused last, in the words of its log; empty: not known
 * @param sessionsEnd why every ordinary session ends before it begins: a library that all load is not there; empty: they begin, or nobody knows
 * @param waitingSessions how many sessions wait for synchronous replication
 * @param preparedTransactions how many there are for a commit in two phases; of a standby none, which has its primary's
 * @param waiting what others have changed in files, as text; what means the same is among them
 */
public record ServerFacts(
        PgVersion version,
        boolean inRecovery,
        int timeline,
        Optional<Lsn> flushed,
        Optional<Lsn> received,
        Optional<Lsn> replayed,
        boolean replayPaused,
        Optional<Duration> replayDelay,
        Optional<WalReceiver> walReceiver,
        List<WalSender> walSenders,
        List<Slot> slots,
        List<Setting> settings,
        List<Role> roles,
        FileErrors configErrors,
        FileErrors hbaErrors,
        FileErrors identErrors,
        int waitingSessions,
        Optional<Instant> waitingSince,
        Optional<Long> databaseBytes,
        Instant configLoadedAt,
        List<String> tablespaces,
        Optional<List<FileEntry>> fileEntries,
        Optional<List<RoleSetting>> roleSettings,
        Optional<List<String>> databases,
        Optional<String> lastRefusal,
        Optional<String> sessionsEnd,
        int preparedTransactions,
        List<Waiting> waiting) {
    private static final long USUAL_WAL_SEGMENT_BYTES = 16L << 20;

    public ServerFacts {
        requireNonNull(version, "version is null");
        requireNonNull(flushed, "flushed is null");
        requireNonNull(received, "received is null");
        requireNonNull(replayed, "replayed is null");
        requireNonNull(replayDelay, "replayDelay is null");
        requireNonNull(walReceiver, "walReceiver is null");
        requireNonNull(waitingSince, "waitingSince is null");
        requireNonNull(databaseBytes, "databaseBytes is null");
        requireNonNull(configLoadedAt, "configLoadedAt is null");
        requireNonNull(configErrors, "configErrors is null");
        requireNonNull(hbaErrors, "hbaErrors is null");
        requireNonNull(identErrors, "identErrors is null");
        requireNonNull(lastRefusal, "lastRefusal is null");
        requireNonNull(sessionsEnd, "sessionsEnd is null");
        walSenders = List.copyOf(walSenders);
        slots = List.copyOf(slots);
        settings = List.copyOf(settings);
        roles = List.copyOf(roles);
        tablespaces = List.copyOf(tablespaces);
        fileEntries = fileEntries.map(List::copyOf);
        roleSettings = roleSettings.map(List::copyOf);
        databases = databases.map(List::copyOf);
        waiting = List.copyOf(waiting);
    }

    /** The setting by which a standby applies its WAL late; 0: at once. */
    public static final String APPLY_DELAY = "recovery_min_apply_delay";

    /** How late it applies its WAL, as SHOW prints it: "1h"; empty: at once. */
    public Optional<String> applyDelay() {
        return setting(APPLY_DELAY).map(Setting::value).filter(delay -> !delay.equals("0"));
    }

    /** Whether it has WAL that it applies late. As long as it has, it does not connect again once its connection has ended. */
    public boolean delaysReplay() {
        return applyDelay().isPresent()
                && flushed.isPresent()
                && replayed.filter(now -> now.compareTo(flushed.get()) < 0).isPresent();
    }

    /** A row of pg_stat_wal_receiver. */
    public record WalReceiver(String status, String senderHost, int senderPort, String slot, int receivedTimeline) {
        /** The setting by which a standby says every so often how far it is; with 0 it says so only where it is asked. */
        public static final String STATUS_INTERVAL = "wal_receiver_status_interval";

        /** False for one that is about to stream, or waits for WAL. */
        public boolean isStreaming() {
            return status.equals("streaming");
        }
    }

    /**
     * A row of pg_stat_replication.
     *
     * @param isAhead whether it says that it has more than this server, a primary, has itself
     * @param silentFor of a synchronous standby that does not confirm what it was sent, and gave no answer while it was looked at: how old
     *     its last answer is, the primary's clock less the time that the standby gave it by its own. So it is off by as much as the two
     *     clocks are, and begins before an answer was owed. Empty: it owes none, or answers, or nobody looked
     */
    public record WalSender(
            String applicationName,
            String state,
            Optional<Lsn> sent,
            Optional<Lsn> flushed,
            Optional<Lsn> replayed,
            Optional<Duration> writeLag,
            Optional<Duration> flushLag,
            Optional<Duration> replayLag,
            String syncState,
            boolean isAhead,
            Optional<Duration> silentFor) {
        public WalSender {
            requireNonNull(silentFor, "silentFor is null");
        }

        /** As synchronous_standby_names compares it: without regard to case. */
        public String name() {
            return applicationName.toLowerCase(Locale.ROOT);
        }

        /** Whether whoever is sent to goes by the name of this node. */
        public boolean isCalled(NodeName node) {
            return name().equals(node.value());
        }

        /** Whether it sends WAL as it arises. */
        public boolean isStreaming() {
            return state.equals("streaming");
        }

        /** Whether it may be frozen, slow, or cut off: pg_stat_replication shows it as streaming until wal_sender_timeout. */
        public boolean isSilent() {
            return silentFor.isPresent();
        }

        /** Whether it still sends WAL of before. */
        public boolean isCatchingUp() {
            return state.equals("catchup");
        }

        /** Whether it sends the files of a base backup. */
        public boolean isBackup() {
            return state.equals("backup");
        }

        /** Whether somebody gets WAL by it: not a base backup's files, and not nothing yet, as one that has only connected. */
        public boolean isFollowed() {
            return isStreaming() || isCatchingUp();
        }
    }

    /**
     * A row of pg_replication_slots.
     *
     * @param retainedBytes how much WAL it keeps, from where it begins to the server's flushed position; empty: it keeps none, or that is
     *     not known
     */
    public record Slot(
            String name,
            boolean physical,
            boolean active,
            boolean temporary,
            Optional<Lsn> restart,
            String walStatus,
            Optional<Long> retainedBytes) {
        /** False for one that was made without reserving WAL, and for one whose WAL was removed, as max_slot_wal_keep_size has it. */
        public boolean keepsWal() {
            return restart.isPresent() && !walStatus.equals("lost");
        }
    }

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
            int sourceLine) {
        /** Whether the server has it from this file, as that was when it was read last. */
        public boolean isFrom(ConfigurationFile file) {
            return file.isAt(sourceFile);
        }

        /** Who decides it: "/data01/pg/postgresql.conf:12", or "command line". */
        public String origin() {
            return sourceFile.isEmpty() ? source : sourceFile + ":" + sourceLine;
        }

        /** The value, as it can stand among words, without what may be a secret. */
        public String told() {
            return Secrets.toldInWords(name, value);
        }
    }

    /**
     * What somebody has changed in a file that is not pgherder.conf, and the server has not in force so far.
     *
     * @param inForce the setting as the server has it
     * @param line that the next reload or restart would take
     */
    public record Waiting(Setting inForce, FileEntry line) {
        public Waiting {
            requireNonNull(inForce, "inForce is null");
            requireNonNull(line, "line is null");
        }
    }

    /**
     * A row of pg_file_settings: what a file says, whether that is in force or not.
     *
     * @param value as it is written, without quotes and without passwords
     * @param applied whether a reload or restart would take the value from here: false if a later entry wins, and for all if an error keeps
     *     the server from taking any of the files
     * @param error why it cannot be applied, in PostgreSQL's words, also if it only waits for a restart; empty if it can be
     */
    public record FileEntry(String name, String value, String file, int line, boolean applied, String error) {
        public FileEntry {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
            requireNonNull(file, "file is null");
            requireNonNull(error, "error is null");
        }

        /** The value, as it can stand among words, without what may be a secret. */
        public String told() {
            return Secrets.toldInWords(name, value);
        }

        public boolean isIn(ConfigurationFile known) {
            return known.isAt(file);
        }

        /** "/data01/pg/postgresql.auto.conf:3". */
        public String origin() {
            return file + ":" + line;
        }
    }

    /**
     * One setting of a row of pg_db_role_setting: what sessions of a role, in a database, begin with.
     *
     * @param role empty: all roles
     * @param database empty: all databases
     */
    public record RoleSetting(String role, String database, String name, String value) {
        public RoleSetting {
            requireNonNull(role, "role is null");
            requireNonNull(database, "database is null");
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
        }

        public SessionScope scope() {
            return new SessionScope(role, database);
        }
    }

    /**
     * A row of pg_authid.
     *
     * @param expired whether it is past its VALID UNTIL: no password lets it in
     */
    public record Role(
            String name,
            boolean login,
            boolean replication,
            boolean scramPassword,
            PasswordMatch password,
            boolean expired) {
        /** Standbys can log in as it, with the declared password as far as that is known. */
        public boolean canReplicate() {
            return login && replication && scramPassword && !password.isWrong() && !expired;
        }
    }

    /**
     * Whether what the file says now is what the server has read: the two times are of one host's clock. False if that is not certain, as of
     * a file that is not newer than the load, but for its place or permissions.
     */
    public boolean hasLoaded(InstanceState.ConfigFile file) {
        return !configLoadedAt.isBefore(file.writtenAt());
    }

    public Optional<Setting> setting(String name) {
        return settings.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    /** How much WAL is in one file: {@code wal_segment_size}; what initdb gives a server unless told otherwise where that was not seen. */
    public long walSegmentBytes() {
        return setting("wal_segment_size")
                .map(Setting::rawValue)
                .filter(bytes -> bytes.matches("[1-9]\\d{0,9}"))
                .map(Long::valueOf)
                .orElse(USUAL_WAL_SEGMENT_BYTES);
    }

    public Optional<Slot> slot(String name) {
        return slots.stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    public Optional<Role> role(String name) {
        return roles.stream().filter(role -> role.name().equals(name)).findFirst();
    }
}
