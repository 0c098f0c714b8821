package io.pgherder.controller.plan;

import io.pgherder.controller.problem.ProblemCode;

/** Why there is no plan although everything could be seen: what the file asks for is not safe to do from here. */
public enum PlanProblem implements ProblemCode {
    /** A step would wait for something that neither is true nor is made by another step: a defect, or a situation never thought of. */
    UNREACHABLE_CONDITION("PLAN-001"),
    /** Steps would wait for each other in a circle, as when two new standbys are each to be cloned from the other. */
    CIRCLE("PLAN-002"),
    /** An agent is busy with something that the plan does not want. */
    BUSY("PLAN-003"),
    /** More than one node runs as a primary. */
    TWO_PRIMARIES("PLAN-004"),
    /** The primary role is not where the file says; apply never moves it. */
    ROLE_ELSEWHERE("PLAN-005"),
    /** A declared standby's directory would come up as a second primary. */
    SECOND_PRIMARY("PLAN-006"),
    /** The declared primary has no data while other nodes have. */
    PRIMARY_LOST("PLAN-007"),
    /** The declared primary is stopped and would come up as a standby. */
    NO_PRIMARY("PLAN-008"),
    /** A node has seen a later timeline than the primary: another node was promoted in between. */
    LATER_TIMELINE("PLAN-009"),
    /** A node's data belongs to another cluster. */
    FOREIGN_SYSTEM("PLAN-010"),
    /** A standby would have less than its primary of max_connections, or of another parameter that it must not set lower. */
    STANDBY_BELOW_PRIMARY("PLAN-011"),
    /** An existing instance is configured for another port than declared. */
    PORT_CHANGED("PLAN-012"),
    /** A step on a node that {@code --limit} names waits for steps on nodes that it leaves out. */
    OUTSIDE_LIMIT("PLAN-013"),
    /** A node's data directory is that of another declared node. */
    OTHER_NODE("PLAN-014"),
    /** The primary has less WAL than a standby on its timeline: it is an older copy, or has lost what it had acknowledged. */
    LACKS_WAL("PLAN-015"),
    /** A standby went on with a timeline that the primary had left: it has WAL that the primary never had. */
    PARTED("PLAN-016");

    private final String id;

    PlanProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
