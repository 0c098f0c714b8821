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
import java.util.Optional;

/**
 * A slot named after a node that does not follow by it keeps WAL for ever: that of a standby goes once this streams from its declared
 * upstream; the primary's, and one on the standby itself, as a copy of its upstream's files brings along, at once. Of an old primary
 * that is stopped nobody sees its slots: whatever it may have goes once it runs. Slots with other names are nobody's business here.
 */
final class DropSlotsNobodyFollows implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.nodes().stream()
                        .filter(follower -> isLeftOver(situation, node, follower))
                        .map(follower -> drop(situation, node, follower)))
                .toList();
    }

    private static boolean isLeftOver(Situation situation, NodeName node, NodeName follower) {
        if (situation.topology().replication().slots()
                && situation.topology().upstreamOf(follower).equals(Optional.of(node))) {
            return false;
        }
        return willBeMade(situation, node, follower)
                || mayBeFromBefore(situation, node, follower)
                || (situation.slot(node, follower).isThere() && !isTakenByAnother(situation, node, follower));
    }

    private static boolean willBeMade(Situation situation, NodeName node, NodeName follower) {
        return situation.topology().replication().slots()
                && !follower.equals(situation.primary())
                && situation.firstUpstream(follower).comesBeforeTheDeclared()
                && situation.firstUpstream(follower).node().equals(node);
    }

    private static boolean mayBeFromBefore(Situation situation, NodeName node, NodeName follower) {
        return situation.wasPrimary(node) && !node.equals(situation.primary()) && !node.equals(follower);
    }

    /** Active, although its owner streams from elsewhere, or from nobody: somebody else uses its name, or two of us do. Left alone. */
    private static boolean isTakenByAnother(Situation situation, NodeName node, NodeName follower) {
        boolean active = situation
                .server(node)
                .flatMap(server -> server.slot(follower.value()))
                .filter(slot -> slot.active())
                .isPresent();
        boolean mayBeItself = !follower.equals(situation.primary())
                && !follower.equals(node)
                && situation
                        .tree()
                        .streamsFrom(follower)
                        .filter(from -> !from.equals(node))
                        .isEmpty();
        return active && !mayBeItself;
    }

    private static ProposedStep drop(Situation situation, NodeName node, NodeName follower) {
        if (follower.equals(situation.primary())) {
            return drop(
                    situation,
                    node,
                    follower,
                    new Running(node),
                    "the primary follows nobody; " + forWhat(situation, node));
        }
        NodeName upstream = situation.declaredUpstream(follower);
        if (node.equals(follower)) {
            return drop(
                    situation,
                    node,
                    follower,
                    new Running(follower),
                    "no standby follows itself; it would keep WAL forever");
        }
        return drop(
                situation,
                node,
                follower,
                new Streams(follower, upstream),
                upstream.equals(node)
                        ? "the topology declares no slots"
                        : follower + " streams from " + upstream + "; " + forWhat(situation, node));
    }

    private static String forWhat(Situation situation, NodeName node) {
        return situation.wasPrimary(node)
                ? "a slot that " + node + " has from its time as the primary would keep WAL forever"
                : "its slot here would keep WAL forever";
    }

    private static ProposedStep drop(
            Situation situation, NodeName node, NodeName follower, Condition unneeded, String why) {
        return ProposedStep.of(
                new DropSlot(situation.address(node), follower, unneeded),
                Reason.declared(FieldPath.of("nodes", follower, "follows"), why));
    }
}
