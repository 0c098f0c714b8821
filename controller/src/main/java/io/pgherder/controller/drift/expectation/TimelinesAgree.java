package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.PartedHistory;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every standby is on the primary's timeline, or streams and comes there. One on a later timeline proves that another primary came after
 * the present one; one on an earlier one, or on another of the same number, may have WAL that the primary does not have.
 */
final class TimelinesAgree implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.actualPrimary().or(() -> Optional.of(look.primary())).stream()
                .flatMap(primary -> look.timelineOf(primary).stream()
                        .flatMap(timeline -> look.nodes().stream()
                                .filter(node -> !node.equals(primary) && isOfItsSystem(look, primary, node))
                                .flatMap(node -> other(look, primary, timeline, node).stream())));
    }

    private static boolean isOfItsSystem(SideBySide look, NodeName primary, NodeName node) {
        return look.systemOf(node).equals(look.systemOf(primary));
    }

    /** Then it is no standby, or would not start as one. */
    private static boolean isPromoted(SideBySide look, NodeName node) {
        return look.server(node)
                .map(server -> !server.inRecovery())
                .or(() -> look.instance(node).map(instance -> !instance.standbySignal()))
                .orElse(false);
    }

    private static Optional<Difference> other(SideBySide look, NodeName primary, int timeline, NodeName node) {
        Optional<PartedHistory> parted = PartedHistory.of(look, primary, node);
        return look.timelineOf(node)
                .filter(own ->
                        own > timeline || (own < timeline && !look.tree().isStreaming(node)) || parted.isPresent())
                .map(own -> why(
                        look,
                        primary,
                        node,
                        own > timeline,
                        parted,
                        Difference.of(
                                look.subject(node),
                                DriftKind.OTHER_TIMELINE,
                                FieldPath.of("nodes", node),
                                "timeline " + timeline + ", as " + primary,
                                "timeline " + own + (own == timeline ? ", which is another one" : ""))));
    }

    private static Difference why(
            SideBySide look,
            NodeName primary,
            NodeName node,
            boolean isLater,
            Optional<PartedHistory> parted,
            Difference difference) {
        if (isLater) {
            return difference
                    .because((isPromoted(look, node) ? "it was itself" : "another node was") + " promoted, and "
                            + primary + " was not since")
                    .byHand("which of them is the primary? the other one must not run as one");
        }
        if (parted.isPresent()) {
            return difference
                    .because("its WAL has parted: " + parted.get().words())
                    .byHand(parted.get().advice());
        }
        Difference behind = difference.because("it has not followed the last promotion");
        return isPromoted(look, node)
                ? behind.byHand("was it the primary? before it follows, that has to be clear")
                : behind;
    }
}
