package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.ManagedFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.OthersFile;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.SharedDirectories;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Set;

/** Moving an instance to another port takes a restart and new upstreams for all that follow it: that is not planned here. */
final class PortsStay implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        Set<NodeName> inAnothers = SharedDirectories.nodes(situation);
        return situation.nodes().stream()
                .filter(node -> !inAnothers.contains(node)
                        && OthersFile.owner(situation, node).isEmpty())
                .flatMap(node -> situation
                        .instance(node)
                        .flatMap(InstanceState::managedSettings)
                        .map(ManagedFile::of)
                        .flatMap(file -> file.value("port"))
                        .filter(port -> !port.equals(declaredPort(situation, node)))
                        .map(port -> problem(situation, node, port))
                        .stream())
                .toList();
    }

    private static String declaredPort(Situation situation, NodeName node) {
        return Integer.toString(situation.topology().node(node).port());
    }

    private static Problem problem(Situation situation, NodeName node, String port) {
        return Problem.of(PlanProblem.PORT_CHANGED, "the port of " + node + " cannot be changed by apply")
                .about("nodes." + node + ".port")
                .detail("declared: " + declaredPort(situation, node))
                .detail("pgherder.conf: " + port)
                .hint("put " + port + " back into the file; or, if somebody has edited pgherder.conf, put "
                        + declaredPort(situation, node) + " back there");
    }
}
