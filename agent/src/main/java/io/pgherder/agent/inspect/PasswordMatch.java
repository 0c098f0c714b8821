package io.pgherder.agent.inspect;

/** A password that is there, beside the one that was asked about. */
public enum PasswordMatch {
    SAME,
    OTHER,
    /** There is none. */
    ABSENT,
    /** Not asked, or it could not be seen. */
    UNKNOWN
}
