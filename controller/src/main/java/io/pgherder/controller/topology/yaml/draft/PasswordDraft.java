package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemCode;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;

/** Where the replication password is said to be. */
public record PasswordDraft(FieldPath path, Place place, Optional<Written> file, Optional<Written> env) {
    static PasswordDraft of(Section password) {
        return new PasswordDraft(password.path(), password.place(), password.text("file"), password.text("env"));
    }

    public Problem problem(ProblemCode code, String summary) {
        return Problem.of(code, summary).about(path.text()).at(place);
    }
}
