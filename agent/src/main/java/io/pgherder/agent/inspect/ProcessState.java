package io.pgherder.agent.inspect;

/** Whether a server runs on a data directory, by its postmaster.pid and the kernel. */
public enum ProcessState {
    STOPPED,
    /** A postmaster runs and does not accept connections yet. */
    STARTING,
    ACCEPTING,
    STOPPING,
    /** There is a postmaster.pid that could not be made sense of. */
    UNKNOWN
}
