package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.OptionDifference;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.CommitsGoOn;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsInForce;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Renamed;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.UpstreamOptions;
import io.pgherder.controller.plan.WholeWay;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.topology.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A standby that streams from elsewhere, by another address, with other options, without its slot, as another role or not at all is sent to its declared
 * upstream. From the root of the tree down, so that no two standbys ever wait for each other's WAL; and of those that stream one after
 * another, once those have restarted that have to, so that an upstream which does not let them in keeps out one of them and not all.
 */
final class FollowDeclaredUpstream implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        List<ProposedStep> moves = new ArrayList<>();
        Optional<NodeName> previous = Optional.empty();
        for (NodeName standby : rootFirst(situation)) {
            if (situation.runs(standby) && situation.firstUpstream(standby).comesBeforeTheDeclared()) {
                moves.add(catchUp(situation, standby));
            }
            Optional<Reason> why = whyNotThere(situation, standby);
            if (why.isEmpty()) {
                continue;
            }
            ProposedStep follow = follow(situation, standby, why.get());
            if (situation.tree().isStreaming(standby)) {
                moves.add(oneByOne(situation, onceCounted(situation, afterRestarts(situation, follow)), previous));
                previous = Optional.of(standby);
            } else {
                moves.add(follow);
            }
        }
        return moves;
    }

    /** One that takes its name is counted by it before its move may fail: else commits would wait for that. */
    private static ProposedStep onceCounted(Situation situation, ProposedStep follow) {
        return Renamed.standbys(situation).contains(follow.node())
                ? follow.preferring(Set.of(new SettingsInForce(situation.primary())))
                : follow;
    }

    /** Before those that move, those that stay: a standby leaves when the way that it leaves is whole. */
    private static List<NodeName> rootFirst(Situation situation) {
        return situation.standbys().stream()
                .sorted(Comparator.comparing((NodeName standby) -> moves(situation, standby))
                        .thenComparing(standby -> situation.depth(standby, situation::declaredUpstream)))
                .toList();
    }

    private static boolean moves(Situation situation, NodeName standby) {
        return !situation.firstUpstream(standby).node().equals(situation.declaredUpstream(standby));
    }

    /** It runs and does not stream. */
    private static ProposedStep catchUp(Situation situation, NodeName standby) {
        NodeName first = situation.firstUpstream(standby).node();
        return ProposedStep.of(
                        new FollowUpstream(
                                situation.address(standby), Upstream.of(situation.topology(), first, standby)),
                        Reason.of(
                                situation.firstUpstream(standby).isLastResort()
                                        ? "the WAL that it lacks may still be there; "
                                                + situation.declaredUpstream(standby) + " does not have it"
                                        : "the WAL that it lacks is there"))
                .alsoNeeding(ReplicationLogin.to(situation, first));
    }

    private static Optional<Reason> whyNotThere(Situation situation, NodeName standby) {
        NodeName declared = situation.declaredUpstream(standby);
        FieldPath follows = FieldPath.of("nodes", standby, "follows");
        if (situation.firstUpstream(standby).comesBeforeTheDeclared()) {
            return Optional.of(Reason.declared(
                    follows,
                    "once it streams from "
                            + situation.firstUpstream(standby).node() + ", " + declared
                            + " keeps all the WAL it still needs"));
        }
        if (!situation.runs(standby)) {
            return Optional.empty();
        }
        Optional<NodeName> present = situation.tree().streamsFrom(standby);
        Optional<String> otherAddress = situation.tree().undeclaredSender(standby);
        if (present.isEmpty()) {
            return Optional.of(Reason.declared(
                    follows,
                    otherAddress
                            .map(address -> "it streams from " + address + ", which is not a node of this cluster")
                            .orElseGet(() -> "it does not stream"
                                    + situation
                                            .tree()
                                            .receiver(standby)
                                            .map(receiver -> ": its WAL receiver is \"" + receiver.status() + "\"")
                                            .orElse(""))));
        }
        if (!present.get().equals(declared)) {
            return Optional.of(Reason.declared(follows, "it streams from " + present.get()));
        }
        if (otherAddress.isPresent()) {
            return Optional.of(Reason.declared(
                    FieldPath.of("hosts", situation.topology().node(declared).host(), "address"),
                    "it streams from " + declared + " by another address, " + otherAddress.get()));
        }
        List<OptionDifference> otherOptions = situation.upstreamOptions(standby).otherInForce();
        if (!otherOptions.isEmpty()) {
            return Optional.of(Reason.declared(
                    otherOptions.get(0).path(standby), "it is connected " + UpstreamOptions.words(otherOptions)));
        }
        if (!usesDeclaredSlot(situation, standby)) {
            String words = situation.isToBeTakenOver(standby) ? "take over: it does not" : "it does not";
            return Optional.of(Reason.declared(follows, words + " use its slot"));
        }
        return situation.settingsDrift(standby).awaitingRestart().isEmpty()
                ? situation
                        .loginRole(standby)
                        .otherInForce()
                        .map(role -> Reason.declared(FieldPath.of("replication", "user"), "it is logged in as " + role))
                : Optional.empty();
    }

    private static boolean usesDeclaredSlot(Situation situation, NodeName standby) {
        String declared = situation.topology().replication().slotOf(standby).orElse("");
        return situation
                .tree()
                .receiver(standby)
                .filter(receiver -> receiver.slot().equals(declared))
                .isPresent();
    }

    private static ProposedStep follow(Situation situation, NodeName standby, Reason why) {
        NodeName declared = situation.declaredUpstream(standby);
        boolean commitsWait = situation.tree().isStreaming(standby) && !CommitsGoOn.without(situation, standby);
        FollowUpstream action = new FollowUpstream(
                situation.address(standby),
                Upstream.of(situation.topology(), declared, standby),
                commitsWait ? Impact.WRITES_PAUSE : Impact.RELOAD);
        ProposedStep follow = ProposedStep.of(action, why).alsoNeeding(ReplicationLogin.to(situation, declared));
        return moves(situation, standby) ? follow.alsoNeeding(WholeWay.of(situation, standby)) : follow;
    }

    /** Those that restart one by one leave too: with one of them away the primary may be short of those that confirm already. */
    private static ProposedStep afterRestarts(Situation situation, ProposedStep follow) {
        ProposedStep waiting = follow;
        for (NodeName node : RestartOrder.oneByOne(situation)) {
            waiting = waiting.alsoNeeding(new Running(node));
        }
        return waiting;
    }

    /** After the one before, and after those that should stream from the same upstream already, could, and do not. */
    private static ProposedStep oneByOne(Situation situation, ProposedStep follow, Optional<NodeName> previous) {
        NodeName upstream = situation.declaredUpstream(follow.node());
        ProposedStep waiting = previous.map(
                        standby -> follow.alsoNeeding(new Streams(standby, situation.declaredUpstream(standby))))
                .orElse(follow);
        for (NodeName other : situation.standbys()) {
            if (situation.runs(other)
                    && !situation.tree().isStreaming(other)
                    && situation.firstUpstream(other).node().equals(upstream)
                    && situation.declaredUpstream(other).equals(upstream)
                    && lacksNothing(situation, upstream, other)) {
                waiting = waiting.alsoNeeding(new Streams(other, upstream));
            }
        }
        return waiting;
    }

    /** Of one whose WAL is gone nobody learns whether the upstream lets others in; it has to be cloned again. */
    private static boolean lacksNothing(Situation situation, NodeName upstream, NodeName standby) {
        return !situation.topology().replication().slots()
                || situation.slot(upstream, standby).keepsWal();
    }
}
