package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * Nobody streams under the name of a standby that has yet to be made: that one may still run in a directory which the file does not name
 * any more, holds the slot, and would be counted for the new one. Nor has a consumer of decoded changes a slot of that name.
 */
final class NamesAreFree implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return Stream.concat(streamAlready(situation), slotsOfOthers(situation)).toList();
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
                        .flatMap(standby -> Stream.of(
                                        situation.firstUpstream(standby).node(), situation.declaredUpstream(standby))
                                .distinct()
                                .filter(upstream -> situation
                                        .server(upstream)
                                        .flatMap(server -> server.slot(standby.value()))
                                        .filter(slot -> !slot.physical())
                                        .isPresent())
                                .map(upstream -> slotTaken(standby, upstream)))
                : Stream.empty();
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
