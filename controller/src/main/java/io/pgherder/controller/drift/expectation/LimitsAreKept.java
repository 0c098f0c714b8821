package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Measured;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.DriftLimits;
import io.pgherder.controller.topology.FieldPath;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** No standby lags, and no slot keeps WAL, beyond the declared limits; where none is declared, nothing is compared. */
final class LimitsAreKept implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        DriftLimits limits = look.topology().limits();
        return look.nodes().stream()
                .flatMap(node -> Stream.of(
                                limits.lagBytes().flatMap(most -> lag(look, node, most)).stream(),
                                limits.replayLag().flatMap(most -> replayLag(look, node, most)).stream(),
                                limits.slotWalBytes().stream().flatMap(most -> slots(look, node, most)))
                        .flatMap(differences -> differences));
    }

    private static Optional<Difference> lag(SideBySide look, NodeName standby, long most) {
        return look.tree()
                .streamsFrom(standby)
                .flatMap(upstream -> look.server(upstream)
                        .flatMap(ServerFacts::flushed)
                        .flatMap(ahead -> look.server(standby)
                                .flatMap(ServerFacts::flushed)
                                .map(ahead::bytesAheadOf))
                        .filter(behind -> behind > most)
                        .map(behind -> Difference.of(
                                        look.subject(standby),
                                        DriftKind.LAG,
                                        FieldPath.of("limits", "lag"),
                                        "at most " + Measured.bytes(most) + " of WAL behind its upstream",
                                        Measured.bytes(behind) + " behind " + upstream)
                                .byHand("what holds it up: its network, its disk, a copy that is made of it?")));
    }

    private static Optional<Difference> replayLag(SideBySide look, NodeName standby, Duration most) {
        return look.tree()
                .streamsFrom(standby)
                .flatMap(upstream -> look.tree().replayLag(upstream, standby))
                .filter(age -> age.compareTo(most) > 0)
                .map(age -> Difference.of(
                                look.subject(standby),
                                DriftKind.LAG,
                                FieldPath.of("limits", "replay_lag"),
                                "replays within " + Measured.seconds(most),
                                "replays what is " + Measured.seconds(age) + " old")
                        .byHand("what holds it up: long queries, or its disk?"));
    }

    private static Stream<Difference> slots(SideBySide look, NodeName node, long most) {
        return look.server(node).stream()
                .flatMap(server -> server.slots().stream())
                .flatMap(slot -> holdsMore(look, node, slot, most).stream());
    }

    private static Optional<Difference> holdsMore(SideBySide look, NodeName node, Slot slot, long most) {
        return slot.retainedBytes()
                .filter(kept -> kept > most)
                .map(kept -> Difference.of(
                                look.subject(node),
                                DriftKind.SLOT_HOLDS_WAL,
                                FieldPath.of("limits", "slot_wal"),
                                "slots that keep at most " + Measured.bytes(most),
                                "slot " + slot.name() + " keeps " + Measured.bytes(kept))
                        .because(slot.active() ? "whoever uses it lags" : "nobody uses it")
                        .byHand(
                                slot.active()
                                        ? "why does it not keep up? status shows its lag"
                                        : "start who should use it; or drop it, and clone that standby anew"));
    }
}
