package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;

/** A standby without data is copied, and comes up streaming from where its copy came from. */
final class CloneMissingStandbys implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.standbys().stream()
                .filter(situation::isEmpty)
                .map(standby -> clone(situation, standby))
                .toList();
    }

    private static ProposedStep clone(Situation situation, NodeName standby) {
        CloneStandby clone = CloneStandby.of(situation.topology(), standby, situation.firstUpstream(standby));
        String host = situation.topology().node(standby).host();
        return ProposedStep.of(clone, Reason.declared(FieldPath.of("nodes", standby), "no data directory on " + host))
                .alsoNeeding(new RoleReady(situation.primary()));
    }
}
