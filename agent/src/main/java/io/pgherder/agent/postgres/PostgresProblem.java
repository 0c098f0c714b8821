package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can be wrong with PostgreSQL's programs and servers. */
public enum PostgresProblem implements AgentProblemCode {
    /** The programs of the wanted major version are not on this host. */
    NOT_INSTALLED("POSTGRES-001"),
    /** A program of PostgreSQL ended with an error. */
    PROGRAM_FAILED("POSTGRES-002"),
    /** The server did not come up. */
    START_FAILED("POSTGRES-003"),
    /** The server came up, and does not accept connections in time. */
    NOT_ACCEPTING("POSTGRES-004"),
    /** The server did not end in time. */
    STOP_FAILED("POSTGRES-005"),
    /** No connection to the server on its local socket. */
    CANNOT_CONNECT("POSTGRES-006"),
    /** A statement failed. */
    STATEMENT_FAILED("POSTGRES-007"),
    /** The output of a program, or a file of a server, could not be understood. */
    NOT_UNDERSTOOD("POSTGRES-008"),
    /** The server does not run. */
    NOT_RUNNING("POSTGRES-009"),
    /** The server would not start with its settings files as they are. */
    BAD_CONFIGURATION("POSTGRES-010"),
    /** The standby would not start: its files give it less of a parameter than its primary has. */
    BELOW_PRIMARY("POSTGRES-011"),
    /** The server ended the connection in the midst of a question: it was stopped or restarted, or it has crashed. */
    SERVER_ENDED("POSTGRES-012"),
    /** The server was asked, and did not answer in time, nor did it say that it would not. */
    SERVER_SILENT("POSTGRES-013"),
    /** The native library for local sockets could not be loaded when the agent started. */
    NO_LOCAL_SOCKETS("POSTGRES-014"),
    /** With the postgresql.conf of its config_dir the server would use another data directory, pg_hba.conf or pg_ident.conf. */
    OTHER_FILES("POSTGRES-015");

    private final String id;

    PostgresProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
