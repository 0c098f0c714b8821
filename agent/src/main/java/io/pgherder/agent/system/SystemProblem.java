package io.pgherder.agent.system;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can be wrong with the host: its programs, files and directories. */
public enum SystemProblem implements AgentProblemCode {
    /** A program could not be started at all. */
    CANNOT_START_PROGRAM("SYSTEM-001"),
    /** A path lies outside the directories that the agent's configuration allows. */
    OUTSIDE_ALLOWED_ROOTS("SYSTEM-002"),
    /** A file could not be read or written. */
    FILE_FAILED("SYSTEM-003"),
    /** A file that pgherder writes is a symbolic link: following it could lead anywhere. */
    SYMBOLIC_LINK("SYSTEM-004"),
    /** Something waited for did not happen in time. */
    TIMED_OUT("SYSTEM-005"),
    /** A staging directory exists that pgherder has no record of having made. */
    FOREIGN_STAGING("SYSTEM-006"),
    /** A data or WAL directory is not empty. */
    NOT_EMPTY("SYSTEM-007"),
    /** The data directory and the WAL directory lie inside one another. */
    NESTED_DIRECTORIES("SYSTEM-008"),
    /** A path is not absolute, or holds a character that a configuration file cannot or that a shell would read. */
    BAD_PATH("SYSTEM-009"),
    /** What was written could not be brought to disk. */
    NOT_ON_DISK("SYSTEM-010"),
    /** The record of which directories the agent has made cannot be understood. */
    DAMAGED_RECORD("SYSTEM-011");

    private final String id;

    SystemProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
