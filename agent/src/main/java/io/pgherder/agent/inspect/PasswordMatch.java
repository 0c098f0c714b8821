package io.pgherder.agent.inspect;

/** A password that is there, beside the one that was asked about. */
public enum PasswordMatch {
    SAME,
    OTHER,
    /** There is none. */
    ABSENT,
    /** The file that may hold it is open to others, so that libpq passes over it. */
    OPEN,
    /** Not asked, or it could not be seen. */
    UNKNOWN
}
