package io.pgherder.controller.drift;

import io.pgherder.controller.problem.Problem;

import static java.util.Objects.requireNonNull;

/** Something that could not be compared, for this reason. */
public record Unseen(Subject subject, Problem why) implements Finding {
    public Unseen {
        requireNonNull(subject, "subject is null");
        requireNonNull(why, "why is null");
    }
}
