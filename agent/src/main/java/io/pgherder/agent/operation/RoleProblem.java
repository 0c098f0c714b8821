package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why a role could not be made as declared. */
enum RoleProblem implements AgentProblemCode {
    /** Roles and what they set cannot be changed on a standby: they come from the primary. */
    ON_A_STANDBY("ROLE-001"),
    /** What a role or a database sets was reset, and is set again. */
    SET_AGAIN("ROLE-002");

    private final String id;

    RoleProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
