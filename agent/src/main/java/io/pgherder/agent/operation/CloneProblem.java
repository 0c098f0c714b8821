package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can keep a standby from being cloned. */
enum CloneProblem implements AgentProblemCode {
    /** pg_basebackup did not succeed. */
    FAILED("CLONE-001"),
    /** The source has tablespaces, which would collide with the copy's on one host. */
    TABLESPACES("CLONE-002"),
    /** No space was left for the copy. */
    DISK_FULL("CLONE-003"),
    /** The source refused the connection or the password. */
    REFUSED_BY_SOURCE("CLONE-004");

    private final String id;

    CloneProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
