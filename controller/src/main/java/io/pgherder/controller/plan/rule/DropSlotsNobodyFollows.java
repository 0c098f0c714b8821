package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.DropSlot;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;

/**
 * A slot named after a standby that streams from elsewhere keeps WAL for ever: it goes once the standby streams from its declared
 * upstream; one on the standby itself, as a copy of its upstream's files brings along, of which it has no use, at once. Slots with other names are nobody's business here.
 */
final class DropSlotsNobodyFollows implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.standbys().stream()
                        .filter(standby -> isLeftOver(situation, node, standby))
                        .map(standby -> drop(situation, node, standby)))
                .toList();
    }

    private static boolean isLeftOver(Situation situation, NodeName node, NodeName standby) {
        boolean followsHere = situation.topology().replication().slots()
                && situation.declaredUpstream(standby).equals(node);
        if (followsHere) {
            return false;
        }
        boolean willBeMade = situation.topology().replication().slots()
                && situation.firstUpstream(standby).comesBeforeTheDeclared()
                && situation.firstUpstream(standby).node().equals(node);
        return willBeMade || (situation.slot(node, standby).isThere() && !isTakenByAnother(situation, node, standby));
    }

    /** Active, although the standby streams from elsewhere: somebody else uses its name, or two of us do. Left alone. */
    private static boolean isTakenByAnother(Situation situation, NodeName node, NodeName standby) {
        boolean active = situation
                .server(node)
                .flatMap(server -> server.slot(standby.value()))
                .filter(slot -> slot.active())
                .isPresent();
        boolean mayBeItself = situation
                .tree()
                .streamsFrom(standby)
                .filter(from -> !from.equals(node))
                .isEmpty();
        return active && (node.equals(standby) || !mayBeItself);
    }

    private static ProposedStep drop(Situation situation, NodeName node, NodeName standby) {
        NodeName upstream = situation.declaredUpstream(standby);
        if (node.equals(standby)) {
            return drop(
                    situation,
                    node,
                    standby,
                    new Running(standby),
                    "no standby follows itself; it would keep WAL forever");
        }
        return drop(
                situation,
                node,
                standby,
                new Streams(standby, upstream),
                upstream.equals(node)
                        ? "the topology declares no slots"
                        : standby + " streams from " + upstream + "; its slot here would keep WAL forever");
    }

    private static ProposedStep drop(
            Situation situation, NodeName node, NodeName standby, Condition unneeded, String why) {
        return ProposedStep.of(
                new DropSlot(situation.address(node), standby, unneeded),
                Reason.declared(FieldPath.of("nodes", standby, "follows"), why));
    }
}
