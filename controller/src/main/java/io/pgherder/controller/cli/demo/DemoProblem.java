package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.ProblemCode;

/** What can keep the demo from coming up, or from going away. */
public enum DemoProblem implements ProblemCode {
    /** PostgreSQL's server programs are not installed, and could not be. */
    NO_POSTGRES("DEMO-001"),
    /** The demo's directory is there and was not made by the demo, or belongs to somebody else. */
    HOME_NOT_OURS("DEMO-002"),
    /** A directory or file of the demo could not be made. */
    CANNOT_PREPARE("DEMO-003"),
    /** An agent ended, or did not listen in time; the last lines of its log are shown. */
    AGENT_DOES_NOT_START("DEMO-004"),
    /** An agent or instance of the demo did not stop in time; nothing was removed. */
    DOES_NOT_STOP("DEMO-005"),
    /** There is no ordinary account for the agents to run under. */
    NO_ACCOUNT("DEMO-006"),
    /** The demo was not started through the pgherder launcher, which it copies for its agents. */
    NO_LAUNCHER("DEMO-007");

    private final String id;

    DemoProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
