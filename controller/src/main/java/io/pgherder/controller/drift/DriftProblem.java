package io.pgherder.controller.drift;

import io.pgherder.controller.problem.ProblemCode;

/** What keeps something that is there from being compared with what is declared. */
public enum DriftProblem implements ProblemCode {
    /** The agent answered and did not say enough, as one that is older than this pgherder. */
    NOT_COMPARED("DRIFT-001");

    private final String id;

    DriftProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
