package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why an operation was refused, broken off, or cannot be found, whatever it does. */
public enum OperationProblem implements AgentProblemCode {
    /** Another operation is under way on the instance. */
    BUSY("OPERATION-001"),
    /** The agent knows no operation with this id. */
    UNKNOWN_ID("OPERATION-002"),
    /** Somebody asked for the end of the operation. */
    CANCELLED("OPERATION-003"),
    /** The agent ended while the operation was in flight; where its host has started anew since, the operation may have ended before. */
    INTERRUPTED("OPERATION-004"),
    /** The agent is shutting down and starts nothing new. */
    SHUTTING_DOWN("OPERATION-005"),
    /** A defect of pgherder itself, or a host that has nothing left for it to run with. */
    DEFECT("OPERATION-006"),
    /** A directory leads elsewhere than a moment ago. */
    PLACE_MOVED("OPERATION-007");

    private final String id;

    OperationProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
