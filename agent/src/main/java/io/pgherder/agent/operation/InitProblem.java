package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can keep a new primary from being initialized. */
enum InitProblem implements AgentProblemCode {
    /** initdb did not succeed. */
    FAILED("INIT-001"),
    /** An instance stood there, as the agent remembers, and is gone: its file system may not be mounted. */
    VANISHED("INIT-002");

    private final String id;

    InitProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
