package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.Row;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the physical replication slot exists and reserves WAL.
 *
 * <pre>psql -c "SELECT pg_create_physical_replication_slot('SLOT', true)"        (there already: nothing)</pre>
 */
public record CreateSlot(InstancePlace place, String slot) implements Operation {
    public CreateSlot {
        requireNonNull(place, "place is null");
        requireNonNull(slot, "slot is null");
    }

    @Override
    public String run(OperationContext context) {
        try (ServerSession session = ServerSession.open(place)) {
            Slots slots = new Slots(place, session.sql());
            Optional<Row> found = slots.physical(slot);
            if (found.isPresent() && !isWorthless(found.get())) {
                return "slot \"" + slot + "\" is there already: nothing to do";
            }
            if (found.isPresent()) {
                slots.drop(slot);
            }
            slots.create(slot);
            return "slot \"" + slot + "\" created";
        }
    }

    /** One that nobody uses and that keeps no WAL: made without reserving, or left behind so far that its WAL is gone. */
    private static boolean isWorthless(Row found) {
        return !found.flag("active")
                && (found.maybe("restart_lsn").isEmpty()
                        || found.text("wal_status").equals("lost"));
    }
}
