package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why a directory stays open to others. */
enum PermissionProblem implements AgentProblemCode {
    /** The directory whose permissions are to be restricted is not, or not any more, one of the instance. */
    NOT_OF_THE_INSTANCE("PERMISSION-001"),
    /** The permissions of a directory could not be restricted, or the directory is open to others nevertheless. */
    STILL_OPEN("PERMISSION-002");

    private final String id;

    PermissionProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
