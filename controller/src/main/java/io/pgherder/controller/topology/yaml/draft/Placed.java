package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemCode;
import io.pgherder.controller.topology.FieldPath;

/** What stands somewhere in a file, so that what is wrong with it can be shown there. */
public interface Placed {
    FieldPath path();

    Place place();

    default Problem problem(ProblemCode code, String summary) {
        return Problem.of(code, summary).about(path().text()).at(place());
    }
}
