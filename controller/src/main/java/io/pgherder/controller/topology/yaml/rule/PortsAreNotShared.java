package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import java.util.HashMap;
import java.util.Map;

import static io.pgherder.controller.topology.TopologyProblem.SHARED_PORT;

/** On one host every node has a port of its own. */
final class PortsAreNotShared implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        Map<String, NodeDraft> byPlace = new HashMap<>();
        for (NodeDraft node : draft.nodes()) {
            if (node.host().isEmpty() || node.port().isEmpty()) {
                continue;
            }
            String host = node.host().get().text();
            int port = node.port().get();
            NodeDraft other = byPlace.putIfAbsent(host + " " + port, node);
            if (other != null) {
                problems.add(node.problem(
                                SHARED_PORT,
                                "nodes \"" + other.name() + "\" and \"" + node.name() + "\" share port " + port
                                        + " on host \"" + host + "\"")
                        .about(node.path().child("port").text())
                        .at(node.portPlace())
                        .detail("\"" + other.name() + "\" has it at line "
                                + other.portPlace().line())
                        .hint("which port should \"" + node.name() + "\" have?"));
            }
        }
    }
}
