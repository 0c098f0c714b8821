package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why an operation was refused, failed or stopped. */
public enum OperationProblem implements AgentProblemCode {
    /** Another operation is under way on the instance. */
    BUSY("OPERATION-001"),
    /** The agent knows no operation with this id. */
    UNKNOWN_ID("OPERATION-002"),
    /** Somebody asked for the end of the operation. */
    CANCELLED("OPERATION-003"),
    /** The agent ended while the operation was in flight; where its host has started anew since, the operation may have ended before. */
    INTERRUPTED("OPERATION-004"),
    /** The agent is shutting down and starts nothing new. */
    SHUTTING_DOWN("OPERATION-005"),
    /** A defect of pgherder itself, or a host that has nothing left for it to run with. */
    DEFECT("OPERATION-006"),
    /** A directory leads elsewhere than a moment ago. */
    PLACE_MOVED("OPERATION-007"),
    /** initdb did not succeed. */
    INIT_FAILED("INIT-001"),
    /** An instance stood there, as the agent remembers, and is gone: its file system may not be mounted. */
    INIT_VANISHED("INIT-002"),
    /** pg_basebackup did not succeed. */
    CLONE_FAILED("CLONE-001"),
    /** The source has tablespaces, which would collide with the copy's on one host. */
    CLONE_TABLESPACES("CLONE-002"),
    /** No space was left for the copy. */
    CLONE_DISK_FULL("CLONE-003"),
    /** The source refused the connection or the password. */
    CLONE_REFUSED_BY_SOURCE("CLONE-004"),
    /** The directory would come up as a second primary. */
    START_WOULD_BE_PRIMARY("START-001"),
    /** The directory is a standby's, and a primary was asked for. */
    START_WOULD_BE_STANDBY("START-002"),
    /** There is no instance, or only a half made one. */
    START_NO_INSTANCE("START-003"),
    /** The standby runs and does not stream. */
    START_NOT_STREAMING("START-004"),
    /** There is a recovery.signal: the start would be a recovery from an archive. */
    START_WOULD_RECOVER("START-005"),
    /** There is no instance to configure. */
    CONFIG_NO_INSTANCE("CONFIG-001"),
    /** The new settings have errors; the old file is back. */
    CONFIG_BAD_SETTINGS("CONFIG-002"),
    /** The new pg_hba.conf has errors; the old file is back. */
    CONFIG_BAD_HBA("CONFIG-003"),
    /** The server did not read its files again in time. */
    CONFIG_NOT_RELOADED("CONFIG-004"),
    /** The server found errors in its files and kept its old settings. */
    CONFIG_RELOAD_ERRORS("CONFIG-005"),
    /** A setting that would lead the server to files elsewhere. */
    CONFIG_FORBIDDEN_SETTING("CONFIG-006"),
    /** The slot exists and is not a physical one. */
    SLOT_NOT_PHYSICAL("SLOT-001"),
    /** The slot is in use. */
    SLOT_IN_USE("SLOT-002"),
    /** The instance is not a standby. */
    FOLLOW_NOT_A_STANDBY("FOLLOW-001"),
    /** The standby does not stream from the new upstream. */
    FOLLOW_NOT_STREAMING("FOLLOW-002"),
    /** The server takes its upstream, or its slot there, from elsewhere than pgherder.conf. */
    FOLLOW_OVERRIDDEN("FOLLOW-003"),
    /** The role cannot be made on a standby: it comes from the primary. */
    ROLE_ON_A_STANDBY("ROLE-001");

    private final String id;

    OperationProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
