package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why a slot was not made or dropped. */
enum SlotProblem implements AgentProblemCode {
    /** The slot exists and is not a physical one. */
    NOT_PHYSICAL("SLOT-001"),
    /** The slot is in use. */
    IN_USE("SLOT-002");

    private final String id;

    SlotProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
