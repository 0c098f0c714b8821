package io.pgherder.agent.lock;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why an action was refused for the sake of the cluster's lock. */
public enum LockProblem implements AgentProblemCode {
    /** A changing action came without a lock token. */
    NO_TOKEN("LOCK-001"),
    /** The token is older than the newest that was granted: another run has taken over. */
    OUTDATED_TOKEN("LOCK-002"),
    /** The token was granted here and its lock has fallen or was released, or it was never granted here. */
    NOT_HELD("LOCK-003"),
    /** The file that remembers the newest token does not make sense. */
    NOT_UNDERSTOOD("LOCK-004");

    private final String id;

    LockProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
