package io.pgherder.controller.plan.safety;

import io.pgherder.controller.plan.SharedDirectories;
import io.pgherder.controller.plan.SharedDirectories.Shared;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** Two instances in one directory would destroy each other. That the file names two is not enough: one may lead to the other. */
final class DirectoriesAreApart implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return SharedDirectories.of(situation).stream()
                .map(DirectoriesAreApart::problem)
                .toList();
    }

    private static Problem problem(Shared shared) {
        return Problem.of(
                        PreflightProblem.DIRECTORY_SHARED,
                        shared.declared() + " of " + shared.node() + " is a directory of " + shared.owner())
                .about(shared.node().value())
                .detail(shared.declared() + " leads to " + shared.real())
                .hint("is a symbolic link in the way? Remove it, or declare a directory that is " + shared.node()
                        + "'s own");
    }
}
