package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import java.util.Optional;

/** The replication slots of a running instance. */
record Slots(InstancePlace place, LocalSql sql) {
    /** Empty if there is none of this name; fails if there is a logical one, which is never ours. */
    Optional<Row> physical(String slot) {
        return physical(
                place,
                slot,
                sql.first(
                        "SELECT slot_type, active, active_pid, restart_lsn::text AS restart_lsn, wal_status"
                                + " FROM pg_replication_slots WHERE slot_name = ?",
                        slot));
    }

    static Optional<Row> physical(InstancePlace place, String slot, Optional<Row> found) {
        if (found.filter(row -> !row.text("slot_type").equals("physical")).isPresent()) {
            throw SlotProblem.NOT_PHYSICAL
                    .summary("slot \"" + slot + "\" of " + place.node() + " is a logical one, and not pgherder's")
                    .hint("whose is it? A node of the topology needs the name")
                    .failure();
        }
        return found;
    }

    void create(String slot) {
        sql.query("SELECT pg_create_physical_replication_slot(?, true)", slot);
    }

    void drop(String slot) {
        sql.query("SELECT pg_drop_replication_slot(?)", slot);
    }
}
