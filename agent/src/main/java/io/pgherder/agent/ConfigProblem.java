package io.pgherder.agent;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can be wrong with the agent's configuration file or with how it was started. */
public enum ConfigProblem implements AgentProblemCode {
    /** The configuration file does not exist or cannot be read. */
    UNREADABLE("CONFIG-001"),
    /** A line is neither a comment nor "key = value". */
    NOT_A_SETTING("CONFIG-002"),
    /** A key that the agent does not know. */
    UNKNOWN_KEY("CONFIG-003"),
    /** A key is set twice. */
    DUPLICATE_KEY("CONFIG-004"),
    /** A key that has no default is missing or has no value. */
    MISSING_KEY("CONFIG-005"),
    /** A value that cannot be: a bad port, a relative path, an unknown log level. */
    BAD_VALUE("CONFIG-006"),
    /** A directory does not exist, is no directory, or has the wrong owner or permissions. */
    BAD_DIRECTORY("CONFIG-007"),
    /** The agent was started as root; PostgreSQL and therefore the agent run under an ordinary account. */
    STARTED_AS_ROOT("CONFIG-008"),
    /** Another agent already uses the state directory. */
    STATE_DIR_IN_USE("CONFIG-009"),
    /** The agent could not listen on its address. */
    CANNOT_LISTEN("CONFIG-010");

    private final String id;

    ConfigProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
