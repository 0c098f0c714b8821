package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.HeldSlot;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.Strangers;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * Nobody streams under the name of a standby that has yet to be made: that one may still run in a directory which the file does not name
 * any more, holds the slot, and would be counted for the new one. Nor has a consumer of decoded changes a slot of a standby's name, or
 * anybody else one in use.
 */
final class NamesAreFree implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return Stream.of(streamAlready(situation), slotsOfOthers(situation), slotsInUse(situation))
                .flatMap(problems -> problems)
                .toList();
    }

    private static Stream<Problem> streamAlready(Situation situation) {
        return situation.standbys().stream()
                .filter(situation::isToBeMade)
                .flatMap(node -> situation.nodes().stream()
                        .filter(upstream -> situation
                                .server(upstream)
                                .filter(server -> streamsFrom(server, node))
                                .isPresent())
                        .map(upstream -> problem(situation, node, upstream))
                        .limit(1));
    }

    /** A logical slot is a consumer's, and a standby cannot use it. */
    private static Stream<Problem> slotsOfOthers(Situation situation) {
        return situation.topology().replication().slots()
                ? situation.standbys().stream()
                        .flatMap(standby -> upstreams(situation, standby)
                                .filter(upstream -> situation
                                        .server(upstream)
                                        .flatMap(server -> server.slot(standby.value()))
                                        .filter(slot -> !slot.physical())
                                        .isPresent())
                                .map(upstream -> slotTaken(standby, upstream)))
                : Stream.empty();
    }

    /** One at a time uses a slot: pg_receivewal in its place, whatever it calls itself. */
    private static Stream<Problem> slotsInUse(Situation situation) {
        return situation.topology().replication().slots()
                ? situation.standbys().stream()
                        .flatMap(standby -> upstreams(situation, standby)
                                .filter(upstream -> isHeld(situation, upstream, standby))
                                .map(upstream -> slotInUse(situation, standby, upstream)))
                : Stream.empty();
    }

    private static boolean isHeld(Situation situation, NodeName upstream, NodeName standby) {
        return !situation.runs(standby)
                ? situation
                        .server(upstream)
                        .filter(server -> isUsedByAStranger(server, standby))
                        .isPresent()
                : HeldSlot.isOne(situation, upstream, standby);
    }

    /** Of one that goes by the standby's name another problem tells. */
    private static boolean isUsedByAStranger(ServerFacts upstream, NodeName standby) {
        return upstream.slot(standby.value())
                        .filter(slot -> slot.physical() && slot.active())
                        .isPresent()
                && !streamsFrom(upstream, standby)
                && upstream.walSenders().stream().noneMatch(sender -> Strangers.isCopyFor(standby, sender));
    }

    private static Stream<NodeName> upstreams(Situation situation, NodeName standby) {
        return Stream.of(situation.firstUpstream(standby).node(), situation.declaredUpstream(standby))
                .distinct();
    }

    private static Problem slotInUse(Situation situation, NodeName standby, NodeName upstream) {
        return Problem.of(
                        PreflightProblem.NAME_TAKEN,
                        "somebody streams by slot " + standby + " on " + upstream
                                + ", which the standby of that name would have to use")
                .about(standby.value())
                .detail(whileItIs(situation, standby) + "only one at a time can use a slot")
                .hint("stop whoever it is, or give " + standby
                        + " another name. SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + standby
                        + "' on " + upstream + " says which row of pg_stat_replication it is");
    }

    private static String whileItIs(Situation situation, NodeName standby) {
        if (situation.isToBeMade(standby)) {
            return "there is no instance of " + standby + " yet, and ";
        }
        return situation.runs(standby)
                ? standby + " streams without it, and would be cut off: "
                : standby + " is stopped, and could not stream: ";
    }

    private static Problem slotTaken(NodeName standby, NodeName upstream) {
        return Problem.of(
                        PreflightProblem.NAME_TAKEN,
                        "a logical slot on " + upstream + " is called " + standby
                                + ", and the slot of the standby would have to be")
                .about(standby.value())
                .hint("give " + standby + " another name; or, if nobody needs the slot, drop it: SELECT"
                        + " pg_drop_replication_slot('" + standby + "') on " + upstream);
    }

    private static boolean streamsFrom(ServerFacts upstream, NodeName node) {
        return upstream.walSenders().stream().anyMatch(sender -> sender.isCalled(node) && !sender.isBackup());
    }

    private static Problem problem(Situation situation, NodeName node, NodeName upstream) {
        return Problem.of(PreflightProblem.NAME_TAKEN, "a standby named " + node + " already streams from " + upstream)
                .about(node.value())
                .detail("there is no instance in "
                        + situation.topology().node(node).dataDir() + " on "
                        + situation.topology().node(node).host())
                .hint("have its host, data_dir or port been changed in the file? Put them back, or stop the old " + node
                        + " first; pgherder does not move data. If its host has just died, wait until "
                        + upstream + " has noticed (wal_sender_timeout)");
    }
}
