package io.pgherder.controller.plan.rule;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.topology.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A standby that streams from elsewhere, without its slot, or not at all is sent to its declared upstream; from the root of the tree
 * down, so that no two standbys ever wait for each other's WAL.
 */
final class FollowDeclaredUpstream implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        List<ProposedStep> moves = new ArrayList<>();
        for (NodeName standby : situation.standbys()) {
            if (situation.runs(standby) && situation.startsElsewhere(standby)) {
                moves.add(catchUp(situation, standby));
            }
            whyNotThere(situation, standby).ifPresent(why -> moves.add(follow(situation, standby, why)));
        }
        return moves;
    }

    /** It runs, its upstream does not: the WAL that it lacks is there and nowhere else. */
    private static ProposedStep catchUp(Situation situation, NodeName standby) {
        NodeName first = situation.firstUpstream(standby);
        return ProposedStep.of(
                        new FollowUpstream(
                                situation.address(standby), Upstream.of(situation.topology(), first, standby)),
                        Reason.of("the WAL that it lacks is there"))
                .alsoNeeding(ReplicationLogin.to(situation, first));
    }

    private static Optional<String> whyNotThere(Situation situation, NodeName standby) {
        NodeName declared = situation.declaredUpstream(standby);
        if (situation.startsElsewhere(standby)) {
            return Optional.of("by then it streams from " + situation.firstUpstream(standby)
                    + " and has no gap to what " + declared + " keeps");
        }
        if (!situation.runs(standby)) {
            return Optional.empty();
        }
        Optional<NodeName> present = situation.streamsFrom(standby);
        if (present.isEmpty()) {
            return Optional.of("it " + streamsElsewhere(situation, standby));
        }
        if (!present.get().equals(declared)) {
            return Optional.of("it streams from " + present.get());
        }
        return usesDeclaredSlot(situation, standby) ? Optional.empty() : Optional.of("it does not use its slot");
    }

    private static String streamsElsewhere(Situation situation, NodeName standby) {
        return situation
                .server(standby)
                .flatMap(ServerFacts::walReceiver)
                .filter(receiver -> receiver.status().equals("streaming"))
                .map(receiver -> "streams from " + receiver.senderHost() + ":" + receiver.senderPort()
                        + ", which is no node of this cluster")
                .orElse("does not stream");
    }

    private static boolean usesDeclaredSlot(Situation situation, NodeName standby) {
        String declared = situation.topology().replication().slots() ? standby.value() : "";
        return situation
                .server(standby)
                .flatMap(ServerFacts::walReceiver)
                .filter(receiver -> receiver.slot().equals(declared))
                .isPresent();
    }

    private static ProposedStep follow(Situation situation, NodeName standby, String why) {
        NodeName declared = situation.declaredUpstream(standby);
        NodeName first = situation.firstUpstream(standby);
        ProposedStep follow = ProposedStep.of(
                        new FollowUpstream(
                                situation.address(standby), Upstream.of(situation.topology(), declared, standby)),
                        Reason.declared(FieldPath.of("nodes", standby, "follows"), why))
                .alsoNeeding(ReplicationLogin.to(situation, declared));
        return first.equals(declared) ? follow : moving(situation, standby, follow);
    }

    /**
     * It leaves when it lacks nothing that its first upstream still gets from the primary, and it arrives where the declared tree above
     * it stands already, up to the primary: one that stands on its own might still be waiting for WAL from below.
     */
    private static ProposedStep moving(Situation situation, NodeName standby, ProposedStep follow) {
        ProposedStep move = follow;
        if (situation.startsElsewhere(standby)) {
            move = move.alsoNeeding(new Streams(standby, situation.firstUpstream(standby)));
        }
        Set<NodeName> passed = new HashSet<>(Set.of(standby, situation.primary()));
        for (NodeName at = situation.firstUpstream(standby); passed.add(at); at = situation.firstUpstream(at)) {
            move = move.alsoNeeding(new Streams(at, situation.firstUpstream(at)));
        }
        NodeName above = situation.declaredUpstream(standby);
        while (!above.equals(situation.primary())) {
            NodeName next = situation.declaredUpstream(above);
            move = move.alsoNeeding(new Streams(above, next));
            above = next;
        }
        return move;
    }
}
