package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why the replication role was not made. */
enum RoleProblem implements AgentProblemCode {
    /** The role cannot be made on a standby: it comes from the primary. */
    ON_A_STANDBY("ROLE-001");

    private final String id;

    RoleProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
