package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Shortage;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/** Every standby has at least as much of max_connections and its kin as its upstream and the primary. */
final class StandbysHaveWhatTheirUpstreamHas implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> Shortage.of(look, node).map(shortage -> difference(look, node, shortage)));
    }

    private static Difference difference(SideBySide look, NodeName standby, Shortage shortage) {
        Difference difference = Difference.of(
                        look.subject(standby),
                        DriftKind.STANDBY_BELOW_UPSTREAM,
                        FieldPath.of("nodes", standby, "settings", shortage.setting()),
                        shortage.setting() + " of at least " + shortage.theirs() + ", as " + shortage.upstream()
                                + " has",
                        Integer.toString(shortage.own()))
                .because(
                        shortage.holdsUpReplay(look, standby)
                                ? "a standby with less stops replaying, cannot be promoted, and does not start again"
                                : "were " + shortage.upstream()
                                        + " promoted, it would stop replaying, and not start again");
        return shortage.isMendedByFile(look, standby)
                ? difference
                : difference.byHand("declare " + shortage.setting() + " under settings, as at least "
                        + shortage.theirs() + ", for all nodes, and under none of them less");
    }
}
