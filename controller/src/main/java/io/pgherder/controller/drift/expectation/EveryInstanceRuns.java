package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every instance runs and accepts connections. */
final class EveryInstanceRuns implements Expectation {
    /** What the control file of a stopped instance says if it was shut down. */
    private static final Set<String> SHUT_DOWN = Set.of("shut down", "shut down in recovery");

    static final String RUNS = "runs and accepts connections";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).flatMap(instance -> unmet(look, node, instance)).stream());
    }

    private static Optional<Difference> unmet(SideBySide look, NodeName node, InstanceState instance) {
        return switch (instance.process()) {
            case STOPPED -> Optional.of(stopped(look, node, instance));
            case STARTING ->
                Optional.of(difference(look, node, DriftKind.NOT_ACCEPTING, "starts, and accepts no connections yet")
                        .byHand("its log says how far it has come; look again"));
            case CLOSED ->
                Optional.of(
                        difference(look, node, DriftKind.NOT_ACCEPTING, "runs as a standby that takes no connections")
                                .because("it was started with hot_standby = off"));
            case STOPPING ->
                Optional.of(difference(look, node, DriftKind.NOT_ACCEPTING, "is stopping")
                        .byHand("wait until it has stopped, and look again"));
            // That it did not answer, or could not be made out, is told as a problem of looking at it.
            case ACCEPTING, UNKNOWN -> Optional.empty();
        };
    }

    private static Difference stopped(SideBySide look, NodeName node, InstanceState instance) {
        Optional<Listener> itself = look.ground(node)
                .flatMap(Ground::listener)
                .filter(listener ->
                        listener.directory().equals(look.topology().node(node).dataDir()));
        return itself.isPresent()
                ? difference(
                                look,
                                node,
                                DriftKind.NOT_ACCEPTING,
                                "its postmaster.pid is gone, and its server runs on, process "
                                        + itself.get().pid())
                        .because("somebody removed the file")
                        .byHand("end that process with SIGINT, and start " + node + " anew: apply does that")
                : difference(look, node, DriftKind.INSTANCE_STOPPED, "is stopped")
                        .because(instance.control().map(EveryInstanceRuns::howItEnded));
    }

    private static Difference difference(SideBySide look, NodeName node, DriftKind kind, String observed) {
        return Difference.of(look.subject(node), kind, FieldPath.of("nodes", node), RUNS, observed);
    }

    private static String howItEnded(ControlFile control) {
        return SHUT_DOWN.contains(control.state())
                ? "it was shut down, and did not crash"
                : "it was not shut down: its control file says \"" + control.state() + "\"; did it crash, or its host?";
    }
}
