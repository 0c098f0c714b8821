package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.RecoveryEnd;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * No standby restarts whose files set a target for its recovery. Its agent refuses that too, but by then others may have restarted. What the files
 * of a stopped one say is known to its agent alone, and whether a file is there that promotes it.
 */
final class RecoveriesDoNotEnd implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return RestartOrder.restarting(situation).stream()
                .sorted()
                .flatMap(node -> situation.instance(node).flatMap(instance -> problem(node, instance)).stream())
                .toList();
    }

    private static Optional<Problem> problem(NodeName node, InstanceState instance) {
        return RecoveryEnd.target(instance)
                .map(entry -> Problem.of(
                                PreflightProblem.RECOVERY_WOULD_END,
                                node
                                        + " is to restart, and its recovery would end: it might come up as a second primary")
                        .about(node.value())
                        .detail(entry.name() + " = '" + entry.told() + "' stands in " + new Origins(instance).of(entry))
                        .hint("who wants that? Take the line away (ALTER SYSTEM RESET " + entry.name()
                                + ", if it is in postgresql.auto.conf), then run the same command again"));
    }
}
