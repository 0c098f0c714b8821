package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A slot that keeps WAL, but not from where its standby has come to: it was made later than that, as on a copy that was made anew, or after
 * the one before had lost its WAL. WAL is kept by whole files. How far a stopped standby has come is not known well enough to say so.
 *
 * @param begins from where on it keeps WAL
 * @param reached up to where the standby has it
 */
public record LateSlot(NodeName upstream, Lsn begins, Lsn reached) {
    public LateSlot {
        requireNonNull(upstream, "upstream is null");
        requireNonNull(begins, "begins is null");
        requireNonNull(reached, "reached is null");
    }

    public static Optional<LateSlot> of(SideBySide look, NodeName upstream, NodeName standby) {
        Optional<ServerFacts> server = look.server(upstream);
        return server.flatMap(facts -> facts.slot(standby.value()))
                .filter(slot -> slot.physical() && !slot.temporary())
                .flatMap(Slot::restart)
                .flatMap(begins -> look.server(standby)
                        .flatMap(ServerFacts::flushed)
                        .filter(reached -> file(begins, server.get()) > file(reached, server.get()))
                        .map(reached -> new LateSlot(upstream, begins, reached)));
    }

    private static long file(Lsn position, ServerFacts server) {
        return position.position() / server.walSegmentBytes();
    }
}
