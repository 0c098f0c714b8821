package io.pgherder.controller.planfile;

import io.pgherder.controller.problem.ProblemCode;

/** What may be wrong with a saved plan. */
public enum PlanFileProblem implements ProblemCode {
    /** The file cannot be read. */
    UNREADABLE("PLANFILE-001"),
    /** The file is not a saved plan, or only a part of one. */
    NOT_A_PLAN("PLANFILE-002"),
    /** The file was written by a newer pgherder. */
    NEWER_FORMAT("PLANFILE-003"),
    /** The plan was made for another cluster. */
    OTHER_CLUSTER("PLANFILE-004"),
    /** The topology file has been changed since the plan was made. */
    TOPOLOGY_CHANGED("PLANFILE-005"),
    /** The cluster has changed since the plan was made: today's plan is another one. */
    CLUSTER_CHANGED("PLANFILE-006"),
    /** The file cannot be written. */
    UNWRITABLE("PLANFILE-007");

    private final String id;

    PlanFileProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
