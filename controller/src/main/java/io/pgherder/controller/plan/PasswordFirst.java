package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.Credentials;
import io.pgherder.controller.plan.action.EnsureRole;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.topology.FieldPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Before a standby is given the declared password, the primary knows it. Which password a role has, nobody can see from outside; the
 * agent that is told can compare, and does nothing if it is the same.
 */
final class PasswordFirst {
    private PasswordFirst() {}

    static List<ProposedStep> in(Situation situation, List<ProposedStep> proposed) {
        if (proposed.stream().map(ProposedStep::action).noneMatch(PasswordFirst::handsOverThePassword)) {
            return proposed;
        }
        List<ProposedStep> steps = new ArrayList<>();
        if (proposed.stream().map(ProposedStep::action).noneMatch(EnsureRole.class::isInstance)) {
            steps.add(ensureRole(situation));
        }
        RoleReady ready = new RoleReady(situation.primary());
        for (ProposedStep step : proposed) {
            steps.add(handsOverThePassword(step.action()) ? step.alsoNeeding(ready) : step);
        }
        return List.copyOf(steps);
    }

    private static ProposedStep ensureRole(Situation situation) {
        NodeName primary = situation.primary();
        ProposedStep ensure = ProposedStep.of(
                new EnsureRole(situation.address(primary), Credentials.of(situation.topology())),
                Reason.declared(
                        FieldPath.of("replication", "user"), "standbys are given its password, which may be new"));
        return situation.runs(primary) ? ensure : ensure.alsoNeeding(new Running(primary));
    }

    private static boolean handsOverThePassword(Action action) {
        return action instanceof CloneStandby
                || action instanceof FollowUpstream
                || (action instanceof WriteSettings write
                        && write.configuration().upstream().isPresent());
    }
}
