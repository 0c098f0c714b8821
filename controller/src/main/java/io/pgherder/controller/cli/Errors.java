package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.text.ProblemText;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** Shows what is wrong, on standard error, whatever the format of the results. */
final class Errors {
    private final Surroundings surroundings;
    private final OutputOptions output;

    Errors(Surroundings surroundings, OutputOptions output) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.output = requireNonNull(output, "output is null");
    }

    void show(List<Problem> problems) {
        // What was said before comes first, also where both streams end in one place.
        surroundings.out().flush();
        surroundings.err().print(new ProblemText(output.inkOfErrors(surroundings)).render(problems));
        surroundings.err().flush();
    }
}
