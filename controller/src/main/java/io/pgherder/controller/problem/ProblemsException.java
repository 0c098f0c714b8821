package io.pgherder.controller.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Carries collected problems, never none, to whoever can show them. */
public final class ProblemsException extends RuntimeException {
    private final transient List<Problem> problems;

    public ProblemsException(List<Problem> problems) {
        super(problems.stream().map(p -> p.code() + " " + p.summary()).collect(Collectors.joining("; ")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problems to carry");
        }
        this.problems = List.copyOf(problems);
    }

    public ProblemsException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }
}
