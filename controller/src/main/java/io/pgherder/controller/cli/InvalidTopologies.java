package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import java.util.List;

/** Ends a command before it has contacted anybody: the files cannot be taken as they are. */
final class InvalidTopologies extends RuntimeException {
    private final transient List<Problem> problems;

    InvalidTopologies(List<Problem> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}
