package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.PartedHistory;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** A standby whose WAL has parted from the primary's never streams from there, whatever is done but cloning or rewinding it. */
final class StandbysShareTheHistory implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.standbys().stream()
                .flatMap(standby -> PartedHistory.of(situation, situation.primary(), standby).stream())
                .map(StandbysShareTheHistory::problem)
                .toList();
    }

    private static Problem problem(PartedHistory parted) {
        return Problem.of(
                        PlanProblem.PARTED,
                        "the WAL of " + parted.node() + " has parted from that of the primary " + parted.primary())
                .about(parted.node().value())
                .detail(parted.words())
                .hint(
                        parted.advice()
                                + "; until that is clear, take it out of the file, also of synchronous, and the others go on without it");
    }
}
