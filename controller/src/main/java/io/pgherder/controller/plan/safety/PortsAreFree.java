package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.Ground.PortUse;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;

/** Whoever is to be started must find its port free. */
final class PortsAreFree implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> !situation.runs(node))
                .filter(node -> situation
                        .ground(node)
                        .filter(ground -> ground.port() == PortUse.OTHER)
                        .isPresent())
                .map(node -> problem(situation, node))
                .toList();
    }

    private static Problem problem(Situation situation, NodeName node) {
        NodeSpec declared = situation.topology().node(node);
        return Problem.of(
                        PreflightProblem.PORT_TAKEN,
                        "port " + declared.port() + " of " + node + " is in use on " + declared.host())
                .about(node.value())
                .detail("somebody else listens on "
                        + situation.topology().hostOf(node).address() + ":" + declared.port())
                .hint("what does  ss -ltnp sport = :" + declared.port() + "  say there?");
    }
}
