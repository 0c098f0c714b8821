package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why a standby does not follow its new upstream. */
enum FollowProblem implements AgentProblemCode {
    /** The instance is not a standby. */
    NOT_A_STANDBY("FOLLOW-001"),
    /** The standby does not stream from the new upstream. */
    NOT_STREAMING("FOLLOW-002"),
    /** The server takes its upstream, or its slot there, from elsewhere than pgherder.conf. */
    OVERRIDDEN("FOLLOW-003"),
    /** The new upstream does not serve the standby, which stays with the one that it has. */
    NOT_LET_IN("FOLLOW-004"),
    /** The standby's replay is paused: it cannot leave its upstream. */
    REPLAY_PAUSED("FOLLOW-005");

    private final String id;

    FollowProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
