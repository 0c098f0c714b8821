package io.pgherder.agent.inspect;

/** Who listens on the port of an instance. */
public enum PortUse {
    FREE,
    /** The instance's own postmaster. */
    OURS,
    OTHER,
    /** The kernel's list of sockets could not be read. */
    UNKNOWN
}
