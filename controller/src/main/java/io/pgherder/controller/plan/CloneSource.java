package io.pgherder.controller.plan;

import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.CloneStandby;
import java.util.Optional;

/**
 * Where a new standby is copied from: where {@code clone.from} says; else from its upstream if that already runs; else from the
 * primary, so that a whole cascade is cloned at once and attached afterwards. A clone that is under way keeps its source.
 */
final class CloneSource {
    private CloneSource() {}

    static NodeName of(Situation situation, NodeName standby) {
        return underWay(situation, standby)
                .or(() -> situation.topology().node(standby).cloning().from())
                .orElseGet(() -> nearest(situation, standby));
    }

    private static Optional<NodeName> underWay(Situation situation, NodeName standby) {
        return situation.operations(standby).stream()
                .map(RunningOperation::fingerprint)
                .flatMap(running -> situation.nodes().stream()
                        .filter(source -> CloneStandby.of(situation.topology(), standby, source)
                                .fingerprint()
                                .equals(running)))
                .findFirst();
    }

    private static NodeName nearest(Situation situation, NodeName standby) {
        NodeName upstream = situation.declaredUpstream(standby);
        return situation.runs(upstream) ? upstream : situation.primary();
    }
}
