package io.pgherder.controller.plan;

import io.pgherder.controller.drift.LateSlot;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** The slot that a node has for one that follows it, or is to follow it: a lasting physical one, named after that. */
public record FollowerSlot(Situation situation, NodeName node, NodeName follower) {
    public FollowerSlot {
        requireNonNull(situation, "situation is null");
        requireNonNull(node, "node is null");
        requireNonNull(follower, "follower is null");
    }

    public boolean isThere() {
        return slot().isPresent();
    }

    /**
     * It is there and of use: somebody streams by it, or it keeps WAL. One that nobody uses and that lost its WAL is made anew by whoever
     * creates it again.
     */
    public boolean isUsable() {
        return slot().filter(slot -> slot.active() || slot.keepsWal()).isPresent();
    }

    /** It is there, and nothing was thrown away of what it is to keep. */
    public boolean keepsWal() {
        return slot().filter(Slot::keepsWal).isPresent();
    }

    /** It keeps WAL, but not from where the follower has come to. */
    public boolean beginsTooLate() {
        return LateSlot.of(situation, node, follower).isPresent();
    }

    private Optional<Slot> slot() {
        return situation
                .server(node)
                .flatMap(server -> server.slot(follower.value()))
                .filter(slot -> slot.physical() && !slot.temporary());
    }
}
