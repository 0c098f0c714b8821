package io.pgherder.controller.drift;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** In which way something is not as the file says. */
public enum DriftKind {
    INSTANCE_MISSING("there is no instance where one is declared"),
    DATA_DIRECTORY_ELSEWHERE("the instance runs, or lies, in another data directory than the declared one"),
    INSTANCE_STOPPED("an instance is there and does not run"),
    NOT_ACCEPTING("it runs and accepts no connections: it starts, stops, or recovers, or has hot_standby = off"),
    SESSIONS_END("it runs and ends every session before it begins: a library that all load is not there"),
    OTHER_ROLE("a primary is declared and it is a standby, or the other way round"),
    SEVERAL_PRIMARIES("one of several nodes that all run as a primary"),
    OTHER_UPSTREAM("a standby streams from somebody else than the declared upstream"),
    NOT_STREAMING("a standby streams from nobody"),
    OTHER_SLOT("a standby streams without its slot, or by another one"),
    OTHER_LOGIN("a standby is logged in as another role"),
    OTHER_OPTIONS("a standby is connected to its upstream with other connection options than the declared ones"),
    OTHER_TIMELINE("it is on another timeline than the primary"),
    PRIMARY_LACKS_WAL("a standby has WAL that the primary lacks"),
    OTHER_SYSTEM("its data comes from another initdb"),
    OTHER_MAJOR_VERSION("its data is of another major version"),
    OTHER_MINOR_VERSION("it runs another minor version than the primary, or than the programs that are installed"),
    SETTING("a declared setting has another value in force"),
    AWAITING_RESTART("a value waits for a restart"),
    SHADOWED("pgherder.conf sets it, and postgresql.auto.conf too, which wins"),
    MANAGED_FILE("a line of pgherder.conf is missing, has another value, or is not declared"),
    NOT_MANAGED(
            "postgresql.conf does not include pgherder.conf as its last line, or a file that pgherder writes is a symbolic link"),
    CONFIGURATION_ELSEWHERE("the server reads its configuration in another directory than the declared one"),
    SETTINGS_NOT_LOADED("pgherder.conf is newer than what the server has read"),
    BROKEN_CONFIGURATION("a broken line in a configuration file, pg_ident.conf among them (PostgreSQL 15 and newer)"),
    HBA_MISSING("a declared rule is not in pg_hba.conf"),
    HBA_EXTRA("a rule in pg_hba.conf is not declared"),
    HBA_ORDER("the declared rules of pg_hba.conf stand in another order"),
    HBA_BROKEN("a broken line in pg_hba.conf"),
    HBA_NOT_LOADED("pg_hba.conf is as declared, and the server has not read it"),
    HBA_ELSEWHERE("the server reads another file than the pg_hba.conf beside its postgresql.conf"),
    ROLE("the replication role is missing, or standbys cannot log in as it"),
    ROLE_PASSWORD("the replication role has another password than the declared one"),
    PASSWORD_FILE("the password file of a standby does not let it in"),
    SLOT_MISSING("a standby has no slot on its upstream"),
    SLOT_ORPHANED("a slot that no declared standby uses"),
    SLOT_LOST("a slot whose WAL is gone"),
    SLOT_HOLDS_WAL("a slot keeps more WAL than the declared limit"),
    SYNCHRONOUS_RULE("synchronous_standby_names does not say what is promised"),
    MEMBER_NOT_CONFIRMING("a member of the synchronous group confirms no commits"),
    WEAK_COMMIT("commits are acknowledged before the promised copies are on disk"),
    UNSAFE_SETTING(
            "an undeclared setting with which a crash loses data, a standby may become a primary, or nobody can write;"
                    + " also one that stands in a file and comes with the next reload"),
    WAL_DIRECTORY_ELSEWHERE("the WAL directory is another one than the declared one"),
    DIRECTORY_ACCESS("a directory is open to others, or belongs to another account"),
    REWIND_IMPOSSIBLE("neither checksums nor wal_log_hints: pg_rewind is impossible"),
    STANDBY_BELOW_UPSTREAM(
            "a standby has less of a setting than its upstream or the primary, which stops its replay or its next start"),
    REPLAY_PAUSED("replay is paused"),
    LAG("a standby lags more than the declared limit"),
    UNDECLARED_INSTANCE("an instance on a declared host that the file does not know"),
    AGENT_VERSION("an agent of another version than this pgherder");

    private static final Set<DriftKind> BESIDE_THE_FILE = EnumSet.of(
            NOT_ACCEPTING,
            OTHER_MINOR_VERSION,
            AWAITING_RESTART,
            SLOT_ORPHANED,
            SLOT_HOLDS_WAL,
            MEMBER_NOT_CONFIRMING,
            UNSAFE_SETTING,
            DIRECTORY_ACCESS,
            REWIND_IMPOSSIBLE,
            STANDBY_BELOW_UPSTREAM,
            REPLAY_PAUSED,
            LAG,
            UNDECLARED_INSTANCE,
            AGENT_VERSION);

    private final String description;

    DriftKind(String description) {
        this.description = description;
    }

    /** Whether what is observed is {@link Measured}: a size, an age or a position in the WAL, and so another one at every look. */
    public boolean isMeasured() {
        return this == LAG || this == MEMBER_NOT_CONFIRMING || this == SLOT_HOLDS_WAL || this == PRIMARY_LACKS_WAL;
    }

    /** In a sentence without a full stop, for docs/commands.md. */
    public String description() {
        return description;
    }

    /**
     * Whether it comes and goes, or is about something that the file does not declare: then all that the file declares may be in force
     * nevertheless.
     */
    public boolean isBesideTheFile() {
        return BESIDE_THE_FILE.contains(this);
    }

    /** As scripts and metrics have it: {@code instance_missing}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
