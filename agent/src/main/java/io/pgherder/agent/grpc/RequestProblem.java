package io.pgherder.agent.grpc;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can be wrong with a request itself. */
public enum RequestProblem implements AgentProblemCode {
    /** A field of the request holds what cannot be. */
    MALFORMED("REQUEST-001"),
    /** The action is none that this agent knows: the controller is newer. */
    UNKNOWN_VERB("REQUEST-002"),
    /** A defect of pgherder itself; the agent's log has the trace. */
    DEFECT("REQUEST-003");

    private final String id;

    RequestProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
