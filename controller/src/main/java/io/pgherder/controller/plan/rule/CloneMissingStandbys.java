package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;

/**
 * A standby without data is copied, and comes up streaming from where its copy came from. Copies of one source begin at once, when all
 * their slots are there: those that begin together share a checkpoint, while each that begins later forces another and a switch to a
 * new WAL segment (<a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-BACKUP">pg_backup_start</a>),
 * which every other copy then has to carry too.
 */
final class CloneMissingStandbys implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        List<NodeName> missing =
                situation.standbys().stream().filter(situation::isEmpty).toList();
        return missing.stream()
                .map(standby -> beginningTogether(situation, missing, clone(situation, standby)))
                .toList();
    }

    private static ProposedStep beginningTogether(Situation situation, List<NodeName> missing, ProposedStep clone) {
        if (!situation.topology().replication().slots()) {
            return clone;
        }
        NodeName source = situation.firstUpstream(clone.node());
        ProposedStep together = clone;
        for (NodeName sibling : missing) {
            if (situation.firstUpstream(sibling).equals(source)) {
                together = together.alsoNeeding(new SlotExists(source, sibling));
            }
        }
        return together;
    }

    private static ProposedStep clone(Situation situation, NodeName standby) {
        CloneStandby clone = CloneStandby.of(situation.topology(), standby, situation.firstUpstream(standby));
        String host = situation.topology().node(standby).host();
        return ProposedStep.of(clone, Reason.declared(FieldPath.of("nodes", standby), "no data directory on " + host))
                .alsoNeeding(ReplicationLogin.to(situation, clone.source().node()));
    }
}
