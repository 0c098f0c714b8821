package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.HostDraft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.HashMap;
import java.util.Map;

import static io.pgherder.controller.topology.TopologyProblem.SHARED_PORT;

/** On one host every node, and the agent, has a port of its own. */
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
            draft.hosts().stream()
                    .filter(candidate -> candidate.name().equals(host) && isAgentOn(candidate, port))
                    .forEach(agent -> problems.add(node.problem(
                                    SHARED_PORT,
                                    "node \"" + node.name() + "\" has the port of the agent on its host, " + port)
                            .about(node.path().child("port").text())
                            .at(node.portPlace())
                            .hint("which port should \"" + node.name() + "\" have?")));
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

    /** Where the agent has another address than the nodes, it may have the same port. */
    private static boolean isAgentOn(HostDraft host, int port) {
        return host.agentPort() == port
                && host.agentHost().equals(host.address().map(Written::text));
    }
}
