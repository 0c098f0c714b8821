package io.pgherder.controller.cli;

import io.pgherder.controller.problem.ProblemCode;

/** What can be wrong with how a command is called, or where it is called from. */
public enum CliProblem implements ProblemCode {
    /** The command line cannot be understood: an unknown command or option, or a value of the wrong kind. */
    USAGE("CLI-001"),
    /** There is something to confirm, nobody to ask (standard input is not a terminal), and no {@code --yes}. */
    NOBODY_TO_ASK("CLI-002"),
    /** The question was not answered with yes. */
    NOT_CONFIRMED("CLI-003"),
    /** The controller's certificates are in none of the places where they are looked for. */
    NO_CERTIFICATES("CLI-004"),
    /** The cluster changed between the plan that was shown and the moment it was to be carried out. */
    MOVED_MEANWHILE("CLI-005"),
    /** A directory was given that holds no topology file. */
    NO_TOPOLOGIES("CLI-006"),
    /** An unexpected error: a defect of pgherder. */
    DEFECT("CLI-007"),
    /** One cluster of a fleet was left as it is: a person stopped the command at an earlier one, or before the first step of this one. */
    STOPPED("CLI-008"),
    /** Standard output takes no more: what was to be said is lost, in part or as a whole. */
    OUTPUT_LOST("CLI-009"),
    /** {@code --limit} names a node that no topology file declares. */
    UNKNOWN_NODE("CLI-010"),
    /** The file that {@code drift --out} names cannot be written. */
    RESULT_UNWRITABLE("CLI-011"),
    /** Metrics cannot be served at the address that {@code drift --metrics} names. */
    NO_METRICS("CLI-012");

    private final String id;

    CliProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
