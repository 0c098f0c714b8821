package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.OthersFile;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.SharedDirectories;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Set;

/**
 * Names that two nodes have exchanged. Each would need the slot by which the other streams, at the same time; a name that nobody has any
 * more is free for a node to take.
 */
final class DataIsOfTheDeclaredNode implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        Set<NodeName> inAnothers = SharedDirectories.nodes(situation);
        return situation.nodes().stream()
                .filter(node -> !inAnothers.contains(node))
                .flatMap(node ->
                        OthersFile.owner(situation, node).map(other -> problem(situation, node, other)).stream())
                .toList();
    }

    private static Problem problem(Situation situation, NodeName node, NodeName other) {
        return Problem.of(PlanProblem.OTHER_NODE, "the data directory of " + node + " is " + other + "'s")
                .about("nodes." + node)
                .detail("cluster_name in " + situation.topology().node(node).dataDir() + "/pgherder.conf: " + other)
                .hint(
                        "was it rewound or copied from " + other
                                + "? Then, while it is stopped, remove that pgherder.conf: apply writes it anew. "
                                + "Or have two nodes exchanged their names? Put them back; to exchange them, apply with another name for one of them first");
    }
}
