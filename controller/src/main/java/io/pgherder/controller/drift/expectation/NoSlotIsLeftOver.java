package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * No node has a slot that keeps WAL for nobody: one of a standby that follows another node, of the primary, or of nobody who is declared
 * while nobody uses it. A logical slot is a consumer's, who may be away for a while.
 */
final class NoSlotIsLeftOver implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.server(node).stream()
                        .flatMap(server -> server.slots().stream())
                        .filter(slot -> slot.physical() && !slot.temporary())
                        .flatMap(slot -> leftOver(look, node, slot).stream()));
    }

    private static Optional<Difference> leftOver(SideBySide look, NodeName node, Slot slot) {
        Optional<NodeName> owner = look.nodes().stream()
                .filter(name -> name.value().equals(slot.name()))
                .findFirst();
        return owner.isPresent() ? ofNode(look, node, slot, owner.get()) : ofStranger(look, node, slot);
    }

    private static Optional<Difference> ofNode(SideBySide look, NodeName node, Slot slot, NodeName owner) {
        Optional<NodeName> upstream = look.expectedUpstream(owner);
        if (look.topology().replication().slots()
                && upstream.filter(node::equals).isPresent()) {
            return Optional.empty();
        }
        String why = upstream.filter(node::equals).isPresent()
                ? "the file declares no slots"
                : upstream.map(other -> owner + " follows " + other).orElse(owner + " is the primary");
        Difference orphan = orphan(look, node, slot, FieldPath.of("nodes", owner, "follows"))
                .because(why);
        return Optional.of(
                isInUseBySomebodyElse(look, node, slot, owner)
                        ? orphan.byHand("who uses it? pg_stat_replication on " + node + " tells; end that, and apply")
                        : orphan);
    }

    private static boolean isInUseBySomebodyElse(SideBySide look, NodeName node, Slot slot, NodeName owner) {
        boolean isElsewhere = look.tree()
                .streamsFrom(owner)
                .filter(upstream -> !upstream.equals(node))
                .isPresent();
        return slot.active()
                && (isElsewhere
                        || owner.equals(node)
                        || look.expectedUpstream(owner).isEmpty());
    }

    private static Optional<Difference> ofStranger(SideBySide look, NodeName node, Slot slot) {
        return slot.active()
                ? Optional.empty()
                : Optional.of(orphan(look, node, slot, FieldPath.of("nodes"))
                        .because("no declared node has this name, and nobody uses the slot")
                        .byHand(dropped(node, slot)));
    }

    private static String dropped(NodeName node, Slot slot) {
        return "SELECT pg_drop_replication_slot('" + slot.name() + "') on " + node + ", if nobody needs it";
    }

    private static Difference orphan(SideBySide look, NodeName node, Slot slot, FieldPath path) {
        return Difference.of(
                look.subject(node),
                DriftKind.SLOT_ORPHANED,
                path,
                "no slot " + slot.name(),
                "it is there" + (slot.active() ? ", and in use" : slot.keepsWal() ? ", and keeps WAL for nobody" : ""));
    }
}
