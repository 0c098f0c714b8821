package io.pgherder.controller.report;

import io.pgherder.controller.problem.ProblemCode;

/** What a status finds wrong with a node that runs. */
public enum StatusProblem implements ProblemCode {
    /** A standby runs and answers queries, but nothing receives WAL for it: it falls behind. */
    NOT_STREAMING("STATUS-001"),
    /** A standby receives WAL and does not replay it: queries see what is old, and a promotion would have to replay it all first. */
    REPLAY_PAUSED("STATUS-002"),
    /** A standby has WAL that the primary, from which it streams, has not: what that acknowledges is on no standby. */
    AHEAD_OF_PRIMARY("STATUS-003"),
    /** A synchronous standby is connected, and does not confirm what its primary has sent it, nor answer at all. */
    SILENT("STATUS-004");

    private final String id;

    StatusProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
