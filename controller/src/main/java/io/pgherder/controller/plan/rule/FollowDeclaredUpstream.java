package io.pgherder.controller.plan.rule;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.Optional;

/**
 * A standby that streams from elsewhere, without its slot, or not at all is sent to its declared upstream; from the root of the tree
 * down, so that no two standbys ever wait for each other's WAL.
 */
final class FollowDeclaredUpstream implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.standbys().stream()
                .flatMap(
                        standby -> whyNotThere(situation, standby).map(why -> follow(situation, standby, why)).stream())
                .toList();
    }

    private static Optional<String> whyNotThere(Situation situation, NodeName standby) {
        NodeName declared = situation.declaredUpstream(standby);
        NodeName first = situation.firstUpstream(standby);
        if (!situation.runs(standby)) {
            return first.equals(declared)
                    ? Optional.empty()
                    : Optional.of(
                            "by then it streams from " + first + " and has no gap to what " + declared + " keeps");
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
                .alsoNeeding(new RoleReady(situation.primary()));
        if (!situation.runs(standby)) {
            follow = follow.alsoNeeding(new Streams(standby, first));
        }
        return declared.equals(situation.primary())
                ? follow
                : follow.alsoNeeding(new Streams(declared, situation.declaredUpstream(declared)));
    }
}
