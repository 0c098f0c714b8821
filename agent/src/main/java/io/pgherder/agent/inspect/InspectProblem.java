package io.pgherder.agent.inspect;

import io.pgherder.agent.problem.AgentProblemCode;

/** What could not be seen of an instance. */
public enum InspectProblem implements AgentProblemCode {
    /** The server accepts connections, as its postmaster.pid says, and did not answer in time. */
    SERVER_SILENT("INSPECT-001"),
    /** The kernel's list of listening sockets could not be read. */
    PORTS_UNKNOWN("INSPECT-002"),
    /** A configuration file is there and could not be read. */
    CONFIG_FILE_UNREADABLE("INSPECT-003"),
    /** Looking at the instance failed in a way that nobody thought of. */
    DEFECT("INSPECT-004"),
    /** The sizes of the databases could not be counted in time. */
    SIZE_UNKNOWN("INSPECT-005"),
    /** A setting or role that was asked for has no name that PostgreSQL could have. */
    BAD_NAME("INSPECT-006"),
    /** A directory did not answer in time, as when its file system hangs. */
    DIRECTORY_SILENT("INSPECT-007"),
    /** The server told what it does, and not in time what its configuration files say. */
    FILES_UNKNOWN("INSPECT-008"),
    /** The kernel's list of processes could not be read, or does not tell where a server works. */
    PROCESSES_UNKNOWN("INSPECT-009");

    private final String id;

    InspectProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
