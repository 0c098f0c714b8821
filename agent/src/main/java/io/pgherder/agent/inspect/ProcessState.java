package io.pgherder.agent.inspect;

/** Whether a server runs on a data directory, by its postmaster.pid and the kernel. */
public enum ProcessState {
    STOPPED,
    /** A postmaster runs and does not accept connections yet. */
    STARTING,
    /** A standby runs that was started with {@code hot_standby = off}: it accepts no connections, and never will. */
    CLOSED,
    ACCEPTING,
    STOPPING,
    /** There is a postmaster.pid that could not be made sense of. */
    UNKNOWN
}
