package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.CopyWaves;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.topology.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A standby without data is copied, and comes up streaming from where its copy came from; later than others if the source cannot serve
 * all at once. Copies of one source begin together, when all their slots are there: those that begin together share a checkpoint, while
 * each that begins later forces another and a switch to a new WAL segment (<a
 * href="https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-ADMIN-BACKUP">pg_backup_start</a>), which every other
 * copy then has to carry too.
 */
final class CloneMissingStandbys implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        Map<NodeName, List<NodeName>> waitsFor = CopyWaves.waitsFor(situation);
        List<ProposedStep> clones = new ArrayList<>();
        List<NodeName> missing =
                situation.standbys().stream().filter(situation::isEmpty).toList();
        for (NodeName standby : missing) {
            NodeName source = situation.firstUpstream(standby).node();
            List<NodeName> before = waitsFor.getOrDefault(standby, List.of());
            ProposedStep clone = clone(situation, standby, source, !before.isEmpty());
            clone = clone.alsoNeeding(
                    before.stream().map(earlier -> new Streams(earlier, source)).collect(Collectors.toSet()));
            clones.add(
                    situation.topology().replication().slots()
                            ? clone.alsoNeeding(missing.stream()
                                    .filter(sibling -> situation
                                                    .firstUpstream(sibling)
                                                    .node()
                                                    .equals(source)
                                            && waitsFor.getOrDefault(sibling, List.of())
                                                    .equals(before))
                                    .map(sibling -> new SlotExists(source, sibling))
                                    .collect(Collectors.toSet()))
                            : clone);
        }
        return clones;
    }

    private static ProposedStep clone(Situation situation, NodeName standby, NodeName source, boolean waits) {
        String why =
                "no data directory on " + situation.topology().node(standby).host()
                        + (waits ? "; " + source + " can serve no more copies until others stream" : "");
        return ProposedStep.of(
                        CloneStandby.of(situation.topology(), standby, source),
                        Reason.declared(FieldPath.of("nodes", standby), why))
                .alsoNeeding(ReplicationLogin.to(situation, source));
    }
}
