package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.PartedHistory;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/**
 * A declared standby that is stopped and lacks its standby.signal would start as one more primary. Of one that has WAL which its primary never
 * had {@link StandbysShareTheHistory} tells, and more.
 */
final class NobodyComesUpAsSecondPrimary implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.standbys().stream()
                .filter(standby -> !situation.runs(standby))
                .filter(standby -> situation
                        .instance(standby)
                        .filter(instance -> !instance.standbySignal())
                        .isPresent())
                .filter(standby -> PartedHistory.of(situation, situation.primary(), standby)
                        .isEmpty())
                .map(standby -> problem(situation, standby))
                .toList();
    }

    private static Problem problem(Situation situation, NodeName standby) {
        return Problem.of(PlanProblem.SECOND_PRIMARY, standby + " would come up as a second primary")
                .about(standby.value())
                .detail("it is declared as a standby of " + situation.declaredUpstream(standby) + ", and "
                        + situation.topology().node(standby).dataDir() + " has no standby.signal")
                .hint("if somebody removed it from what has always been a standby, touch "
                        + situation.topology().node(standby).dataDir()
                        + "/standby.signal as the account that owns the directory; if " + standby
                        + " was the primary once, it may have what nobody else has, and then never streams: if its data is"
                        + " not needed any more, move its directories away and it is cloned anew; until that is clear, take it out of"
                        + " the file, also of synchronous, and the others go on without it");
    }
}
