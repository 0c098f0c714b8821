package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.Lsn;
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

    /**
     * It keeps WAL, but not from where the follower has come to: it was made later than that, as on a copy that was made anew. WAL is kept by
     * whole files. How far a stopped follower has come is not known well enough to say so.
     */
    public boolean beginsTooLate() {
        return slot().flatMap(Slot::restart)
                .flatMap(restart -> situation
                        .server(follower)
                        .flatMap(ServerFacts::flushed)
                        .map(reached -> file(restart) > file(reached)))
                .orElse(false);
    }

    private long file(Lsn position) {
        return situation
                .server(node)
                .map(server -> position.position() / server.walSegmentBytes())
                .orElse(0L);
    }

    private Optional<Slot> slot() {
        return situation
                .server(node)
                .flatMap(server -> server.slot(follower.value()))
                .filter(slot -> slot.physical() && !slot.temporary());
    }
}
