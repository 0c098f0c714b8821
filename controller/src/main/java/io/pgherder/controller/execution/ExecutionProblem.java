package io.pgherder.controller.execution;

import io.pgherder.controller.problem.ProblemCode;

/** What may stand in the way of carrying a plan out, beside what the agents report. */
public enum ExecutionProblem implements ProblemCode {
    /** Somebody else is changing the cluster, and is alive: its lock is renewed. */
    LOCK_HELD("EXECUTION-001"),
    /** The lock's token was overtaken again and again: several controllers ask for the lock at the same time. */
    LOCK_CONTENDED("EXECUTION-002"),
    /** The lock fell while steps were running; steps that had not started were left out. */
    LOCK_LOST("EXECUTION-003"),
    /** A step ended with an unexpected exception inside the controller; it is a defect of pgherder. */
    STEP_DEFECT("EXECUTION-004"),
    /** A person asked three times to stop, and a step had not ended; what it does runs on at the agent. */
    STEP_LEFT("EXECUTION-005");

    private final String id;

    ExecutionProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
