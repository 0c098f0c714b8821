package io.pgherder.controller.plan.safety;

import io.pgherder.controller.problem.ProblemCode;

/** What stands in the way on the hosts: found before the first change, on every host, and reported together. */
public enum PreflightProblem implements ProblemCode {
    /** An agent could not be asked; what its nodes hold is unknown, and unknown is not empty. */
    AGENT_SILENT("PREFLIGHT-001"),
    /** An agent answered, and yet a node could not be looked at. */
    NODE_UNSEEN("PREFLIGHT-002"),
    /** An agent is too old to know what this pgherder would ask of it. */
    AGENT_TOO_OLD("PREFLIGHT-003"),
    /** The programs of the declared major version are not on a host that needs them. */
    PROGRAMS_MISSING("PREFLIGHT-004"),
    /** A directory is not empty, or cannot be made. */
    DIRECTORY_UNUSABLE("PREFLIGHT-005"),
    /** An existing data directory is of another major version. */
    OTHER_VERSION("PREFLIGHT-006"),
    /** A copy does not fit where it should go. */
    NO_SPACE("PREFLIGHT-007"),
    /** Somebody else listens on a node's port. */
    PORT_TAKEN("PREFLIGHT-008"),
    /** A standby's host cannot reach the upstream. */
    UPSTREAM_UNREACHABLE("PREFLIGHT-009"),
    /** The clocks of a host and of the controller are too far apart. */
    CLOCKS_DIFFER("PREFLIGHT-010"),
    /** There is an instance, and its server, control file and configuration files do not tell enough about it. */
    INSTANCE_UNCLEAR("PREFLIGHT-011"),
    /** A node has too few WAL senders or slots for those that are copied from it and stream from it. */
    SOURCE_TOO_SMALL("PREFLIGHT-012"),
    /** A standby is to be copied from a node that has tablespaces. */
    TABLESPACES("PREFLIGHT-013"),
    /** A first primary was to be made, but an instance of the cluster stood on a host, as its agent remembers, and is gone. */
    DATA_VANISHED("PREFLIGHT-014"),
    /** Two nodes have one directory, as when a symbolic link leads from one to the other. */
    DIRECTORY_SHARED("PREFLIGHT-015"),
    /**
     * A standby is to be made, and one of its name streams already; or a logical slot has the name that its slot is to have, or somebody else
     * streams by the slot of that name.
     */
    NAME_TAKEN("PREFLIGHT-016"),
    /** A node that was taken out of the file is to be retired, and is no standby: it may hold commits that nobody else has. */
    REMOVED_NODE_IS_NO_STANDBY("PREFLIGHT-017"),
    /** A server reads its configuration elsewhere than declared, or has lost its postgresql.conf, or a new one is to have it where there is none. */
    CONFIGURATION_ELSEWHERE("PREFLIGHT-018"),
    /** A node that was taken out of the file is to be retired, and several instances go by its name. */
    REMOVED_NODE_AMBIGUOUS("PREFLIGHT-019"),
    /** A node has slots with which it would not start with the declared settings. */
    SLOTS_IN_THE_WAY("PREFLIGHT-020"),
    /** A server is to start in a data directory that belongs to another account, which PostgreSQL refuses. */
    DIRECTORY_OF_ANOTHER("PREFLIGHT-022"),
    /** A server is to restart or reload, and would not start again or take nothing of its files: they have an error that no step mends. */
    FILES_BROKEN("PREFLIGHT-023"),
    /** A configuration file that is to be written is a symbolic link, through which no agent writes. */
    FILE_IS_A_LINK("PREFLIGHT-024"),
    /** The primary is to start or restart, and a signal file would make the start a recovery, or it a standby. */
    SIGNAL_IN_THE_WAY("PREFLIGHT-025"),
    /**
     * The primary is to restart, and standbys whose replay is paused or delayed would not stream again: commits would wait for them. Or one that is
     * paused is to stream from another upstream or by another slot, which it does not before it is resumed.
     */
    REPLAY_PAUSED("PREFLIGHT-026"),
    /** Nodes that were taken out of the file are to be retired, and an agent could not look everywhere for them. */
    HOST_NOT_SEARCHED("PREFLIGHT-027"),
    /** A standby is to restart, and its files set a target for its recovery: it might come up as a second primary. */
    RECOVERY_WOULD_END("PREFLIGHT-028"),
    /** A server has more prepared transactions than the settings allow that a restart would give it: it would not start. */
    PREPARED_IN_THE_WAY("PREFLIGHT-029"),
    /** A step reads the files of a server again, and somebody has put a value there that makes the cluster's promises worthless. */
    UNSAFE_VALUE_WAITS("PREFLIGHT-030");

    private final String id;

    PreflightProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
