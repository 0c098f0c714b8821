package io.pgherder.agent;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can be wrong with the agent's configuration file or with how it was started. */
public enum ConfigProblem implements AgentProblemCode {
    /** The configuration file does not exist or cannot be read. */
    UNREADABLE("DAEMON-001"),
    /** A line is neither a comment nor "key = value". */
    NOT_A_SETTING("DAEMON-002"),
    /** A key that the agent does not know. */
    UNKNOWN_KEY("DAEMON-003"),
    /** A key is set twice. */
    DUPLICATE_KEY("DAEMON-004"),
    /** A key that has no default is missing or has no value. */
    MISSING_KEY("DAEMON-005"),
    /** A value that cannot be: a bad port, a relative path, an unknown log level. */
    BAD_VALUE("DAEMON-006"),
    /** A directory does not exist, is no directory, or has the wrong owner or permissions. */
    BAD_DIRECTORY("DAEMON-007"),
    /** The agent was started as root; PostgreSQL and therefore the agent run under an ordinary account. */
    STARTED_AS_ROOT("DAEMON-008"),
    /** Another agent already uses the state directory. */
    STATE_DIR_IN_USE("DAEMON-009"),
    /** The agent could not listen on its address. */
    CANNOT_LISTEN("DAEMON-010");

    private final String id;

    ConfigProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
