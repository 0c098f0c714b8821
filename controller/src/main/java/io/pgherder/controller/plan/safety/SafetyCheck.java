package io.pgherder.controller.plan.safety;

import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** A reason to refuse. */
public interface SafetyCheck {
    /** Everything that this check objects to; empty if nothing. */
    List<Problem> problems(Situation situation);

    static List<SafetyCheck> all() {
        return List.of();
    }
}
