package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.HeldSlot;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/** Every standby has a physical slot of its name on its upstream, and that keeps the WAL which the standby needs. */
final class SlotsKeepWalForFollowers implements Expectation {
    private static final int HAS_IDLE_TIMEOUT = 18;

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        if (!look.topology().replication().slots()) {
            return Stream.empty();
        }
        return look.nodes().stream()
                .flatMap(follower -> look.expectedUpstream(follower).stream()
                        .flatMap(upstream -> look.server(upstream).stream()
                                .flatMap(server -> unmet(look, upstream, server, follower).stream())));
    }

    private static Optional<Difference> unmet(
            SideBySide look, NodeName upstream, ServerFacts server, NodeName follower) {
        Optional<Slot> slot = server.slot(follower.value());
        if (slot.isEmpty() || slot.get().temporary()) {
            return Optional.of(difference(look, upstream, follower, DriftKind.SLOT_MISSING, "there is none"));
        }
        if (!slot.get().physical()) {
            return Optional.of(
                    difference(look, upstream, follower, DriftKind.SLOT_MISSING, "a logical slot has its name")
                            .byHand("whose is it? drop it, or give " + follower + " another name"));
        }
        if (HeldSlot.isOne(look, upstream, follower)) {
            return Optional.of(
                    difference(look, upstream, follower, DriftKind.SLOT_MISSING, "somebody else streams by it")
                            .byHand(
                                    "who is it? SELECT r.* FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid"
                                            + " WHERE slot_name = '" + follower + "' on " + upstream
                                            + " says so; stop it, or give "
                                            + follower + " another name"));
        }
        if (slot.get().walStatus().equals("lost")) {
            Difference lost = difference(
                            look, upstream, follower, DriftKind.SLOT_LOST, "its WAL is gone: wal_status is lost")
                    .because("it kept more than max_slot_wal_keep_size allows"
                            + (server.version().major() < HAS_IDLE_TIMEOUT
                                    ? ""
                                    : ", or was unused for longer than idle_replication_slot_timeout"));
            boolean lacksIt = look.isInstalled(follower) && !look.tree().isStreaming(follower);
            return Optional.of(
                    lacksIt
                            ? lost.byHand("stop " + follower
                                    + ", move its data and WAL directories away, and apply: it is cloned again")
                            : lost);
        }
        return slot.get().keepsWal() || slot.get().active()
                ? Optional.empty()
                : Optional.of(difference(
                        look, upstream, follower, DriftKind.SLOT_LOST, "it keeps no WAL: nobody has used it yet"));
    }

    private static Difference difference(
            SideBySide look, NodeName upstream, NodeName follower, DriftKind kind, String observed) {
        return Difference.of(
                look.subject(upstream),
                kind,
                FieldPath.of("nodes", follower, "follows"),
                "a slot " + follower + " that keeps its WAL",
                observed);
    }
}
