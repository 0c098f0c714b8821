package io.pgherder.controller.observation;

/** A password that is there, beside the declared one. Only the agent ever sees the two together. */
public enum PasswordMatch {
    SAME,
    OTHER,
    /** There is none. */
    ABSENT,
    /** The file that may hold it is open to others, so that PostgreSQL passes over it. */
    OPEN,
    /** It could not be seen, or its agent is too old to compare. */
    UNKNOWN;

    /** Known not to be the declared one: unknown is not false. */
    public boolean isWrong() {
        return this == OTHER || this == ABSENT || this == OPEN;
    }
}
