package io.pgherder.controller.cli;

import java.util.Collection;
import java.util.List;

/** How a command ends, for scripts. */
public enum ExitCode {
    /** Done, or nothing to do. */
    OK(0, "ok"),
    /** Something went wrong and nothing was changed. */
    FAILED(1, "failed"),
    /** A bad option or an invalid topology file. */
    USAGE(2, "invalid"),
    /** {@code drift} found some; {@code plan --detailed-exitcode} has steps; it or {@code apply} names something declared that is not in force, and no step changes that. */
    DIFFERENCES(3, "different"),
    /** A safety check said no, or the question was not answered yes; nothing was changed. */
    REFUSED(4, "refused"),
    /** Some steps are done, some are not; running the same command again continues. */
    INCOMPLETE(5, "incomplete");

    private static final List<ExitCode> WORST_FIRST = List.of(USAGE, INCOMPLETE, FAILED, REFUSED, DIFFERENCES, OK);

    private final int number;
    private final String word;

    ExitCode(int number, String word) {
        this.number = number;
        this.word = word;
    }

    public int number() {
        return number;
    }

    /** As the summary of a fleet says it: "3 ok, 1 refused". */
    public String word() {
        return word;
    }

    /** What a run over several clusters ends with; {@link #OK} for none. */
    public static ExitCode worstOf(Collection<ExitCode> codes) {
        return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(OK);
    }
}
