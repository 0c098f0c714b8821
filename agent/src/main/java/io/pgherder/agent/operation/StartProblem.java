package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why an instance was not started, or started and does not do what it is for. */
enum StartProblem implements AgentProblemCode {
    /** The directory would come up as a second primary. */
    WOULD_BE_PRIMARY("START-001"),
    /** The directory is a standby's, and a primary was asked for. */
    WOULD_BE_STANDBY("START-002"),
    /** There is no instance, or only a half made one. */
    NO_INSTANCE("START-003"),
    /** The standby runs and does not stream. */
    NOT_STREAMING("START-004"),
    /** There is a recovery.signal: the start would be a recovery from an archive. */
    WOULD_RECOVER("START-005"),
    /** The instance is to be the primary, and has less WAL than a standby has got from it. */
    LACKS_WAL("START-006"),
    /** A start failed with settings that no server had started with before; the instance runs with those before them. */
    NEW_SETTINGS("START-007"),
    /** The WAL directory of the instance is that of another one, which it would take away. */
    WAL_OF_ANOTHER("START-008"),
    /** The data directory is open to others: PostgreSQL does not start in it. */
    OPEN_DIRECTORY("START-009"),
    /** The instance runs, and lets nobody in: a library that every session loads is not there. */
    NO_SESSIONS("START-010"),
    /** A restart did not end the old process. */
    OLD_PROCESS("START-011"),
    /** A start failed with rules in pg_hba.conf that no server had read before; the instance runs with those before them. */
    NEW_HBA("START-012"),
    /** Somebody stopped the instance while it was waited for, or it crashed. */
    ENDED("START-013"),
    /** The files that a restart would put in force ask for a certificate that is not there, or a key that PostgreSQL does not take. */
    NO_CERTIFICATE("START-014"),
    /** A standby has a recovery target, or the file that promotes it is there: its recovery would end. Or a settings file that may say so cannot be read. */
    WOULD_END_RECOVERY("START-015"),
    /** A server did not get its libraries, its addresses and its memory within a minute, and was ended. */
    HANGS("START-016");

    private final String id;

    StartProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
