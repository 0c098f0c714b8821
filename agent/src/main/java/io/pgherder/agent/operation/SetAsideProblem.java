package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** Why the directories of an instance stay where they are. */
enum SetAsideProblem implements AgentProblemCode {
    /** Its server runs. */
    RUNS("ASIDE-001"),
    /** The instance in the directory belongs to another cluster or node than was asked for. */
    SOMEBODY_ELSES("ASIDE-002"),
    /** The instance is no standby, and may hold commits that nobody else has. */
    NO_STANDBY("ASIDE-003");

    private final String id;

    SetAsideProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
