package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/**
 * Nobody streams under the name of a standby that has yet to be made: that one may still run in a directory which the file does not name
 * any more, holds the slot, and would be counted for the new one.
 */
final class NamesAreFree implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.standbys().stream()
                .filter(situation::isToBeMade)
                .flatMap(node -> situation.nodes().stream()
                        .filter(upstream -> situation
                                .server(upstream)
                                .filter(server -> streamsFrom(server, node))
                                .isPresent())
                        .map(upstream -> problem(situation, node, upstream))
                        .limit(1))
                .toList();
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
