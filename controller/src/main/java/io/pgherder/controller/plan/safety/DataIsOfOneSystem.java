package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** All nodes are copies of one initdb. Whatever else is found in a node's directory is somebody else's data. */
final class DataIsOfOneSystem implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.systemIdentifier().stream()
                .flatMap(ours -> situation.nodes().stream()
                        .flatMap(node -> situation
                                .systemOf(node)
                                .filter(theirs -> !theirs.equals(ours))
                                .map(theirs -> problem(situation, node, theirs, ours))
                                .stream()))
                .toList();
    }

    private static Problem problem(Situation situation, NodeName node, SystemIdentifier theirs, SystemIdentifier ours) {
        return Problem.of(PlanProblem.FOREIGN_SYSTEM, "the data of " + node + " is of another cluster")
                .about(node.value())
                .detail("its system identifier: " + theirs)
                .detail("the others': " + ours)
                .detail("data directory: " + situation.topology().node(node).dataDir())
                .hint("is this the directory that is meant? pgherder does not touch it");
    }
}
