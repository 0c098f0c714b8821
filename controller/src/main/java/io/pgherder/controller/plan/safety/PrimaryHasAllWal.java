package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.MissingWal;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** A primary has all the WAL that a standby on its timeline has, because that got it from there. */
final class PrimaryHasAllWal implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return MissingWal.of(situation).map(PrimaryHasAllWal::problem).stream().toList();
    }

    private static Problem problem(MissingWal missing) {
        Problem problem = Problem.of(
                        PlanProblem.LACKS_WAL,
                        missing.primary() + " lacks WAL that "
                                + String.join(", ", missing.ahead().keySet())
                                + (missing.ahead().size() == 1 ? " has" : " have"))
                .about(missing.primary().value())
                .detail(missing.has());
        for (var standby : missing.ahead().entrySet()) {
            problem = problem.detail(standby.getKey() + standby.getValue());
        }
        return problem.hint(missing.advice());
    }
}
