package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the physical replication slot is gone. Refused while it is in use.
 *
 * <pre>psql -c "SELECT pg_drop_replication_slot('SLOT')"        (not there: nothing)</pre>
 */
public record DropSlot(InstancePlace place, String slot) implements Operation {
    /** The sender of a standby that has just moved away takes a moment to notice. */
    private static final Duration RELEASE = Duration.ofSeconds(5);

    public DropSlot {
        requireNonNull(place, "place is null");
        requireNonNull(slot, "slot is null");
    }

    @Override
    public String run(OperationContext context) {
        try (ServerSession session = ServerSession.open(place)) {
            Slots slots = new Slots(place, session.sql());
            if (slots.physical(slot).isEmpty()) {
                return "slot \"" + slot + "\" is not there: nothing to do";
            }
            if (!Wait.until(RELEASE, context.cancellation(), () -> !isActive(slots.physical(slot)))) {
                throw SlotProblem.IN_USE
                        .summary("cannot drop slot \"" + slot + "\" of " + place.node() + ": it is in use")
                        .detail(slots.physical(slot)
                                .map(row -> "by pid " + row.text("active_pid"))
                                .orElse("by nobody now"))
                        .hint("does a standby still stream through it?")
                        .failure();
            }
            slots.drop(slot);
            return "slot \"" + slot + "\" dropped";
        }
    }

    private static boolean isActive(Optional<Row> slot) {
        return slot.filter(row -> row.flag("active")).isPresent();
    }
}
