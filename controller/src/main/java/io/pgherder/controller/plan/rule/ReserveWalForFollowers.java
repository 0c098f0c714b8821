package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.topology.FieldPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Each standby has a slot where it streams, and where it streams first: made before its copy begins, so that no WAL is missing when it
 * connects.
 */
final class ReserveWalForFollowers implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        if (!situation.topology().replication().slots()) {
            return List.of();
        }
        List<ProposedStep> slots = new ArrayList<>();
        for (NodeName standby : situation.standbys()) {
            NodeName upstream = situation.declaredUpstream(standby);
            NodeName first = situation.firstUpstream(standby).node();
            if (situation.firstUpstream(standby).comesBeforeTheDeclared()) {
                reserve(
                        situation,
                        first,
                        standby,
                        standby + " streams from here at first, until it follows " + upstream,
                        slots);
            }
            reserve(situation, upstream, standby, why(situation, upstream, standby), slots);
        }
        return slots;
    }

    private static String why(Situation situation, NodeName upstream, NodeName standby) {
        boolean staysHere =
                situation.tree().streamsFrom(standby).filter(upstream::equals).isPresent();
        return staysHere && situation.isToBeTakenOver(standby)
                ? "take over: " + standby + " streams from here, without a slot of its name"
                : standby + " will stream from here";
    }

    private static void reserve(
            Situation situation, NodeName node, NodeName follower, String why, List<ProposedStep> slots) {
        if (!situation.slot(node, follower).isUsable()) {
            String lost = situation.slot(node, follower).isThere() ? "the one that is there keeps no WAL, and " : "";
            slots.add(ProposedStep.of(
                    new CreateSlot(situation.address(node), follower),
                    Reason.declared(FieldPath.of("nodes", follower, "follows"), lost + why)));
        }
    }
}
