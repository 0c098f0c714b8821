package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.FirstUpstream;
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
        List<Follower> followers = situation.nodes().stream()
                .map(follower -> Follower.of(situation, follower))
                .toList();
        return situation.nodes().stream()
                .flatMap(node -> followers.stream()
                        .filter(follower -> isLeftOver(situation, node, follower))
                        .map(follower -> drop(situation, node, follower.name())))
                .toList();
    }

    /**
     * What is asked of every node for each of its slots.
     *
     * @param declared where its slot belongs; empty if it is to have none
     * @param passing where it has one made on its way to there
     */
    private record Follower(NodeName name, Optional<NodeName> declared, Optional<NodeName> passing) {
        static Follower of(Situation situation, NodeName name) {
            if (!situation.topology().replication().slots() || name.equals(situation.primary())) {
                return new Follower(name, Optional.empty(), Optional.empty());
            }
            FirstUpstream first = situation.firstUpstream(name);
            return new Follower(
                    name,
                    situation.topology().upstreamOf(name),
                    first.comesBeforeTheDeclared() ? Optional.of(first.node()) : Optional.empty());
        }
    }

    private static boolean isLeftOver(Situation situation, NodeName node, Follower follower) {
        NodeName name = follower.name();
        return !follower.declared().equals(Optional.of(node))
                && (follower.passing().equals(Optional.of(node))
                        || mayBeFromBefore(situation, node, name)
                        || (situation.slot(node, name).isThere() && !isTakenByAnother(situation, node, name)));
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
