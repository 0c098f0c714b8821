package io.pgherder.controller.pgvalue;

/**
 * What a server needs for those who stream from it. Each takes a WAL sender and, with slots, a slot that stays. A copy takes two WAL
 * senders while it is made, because {@code pg_basebackup --wal-method=stream} opens a second connection for the WAL, and without slots
 * a temporary slot. Needed is what lets the last follower be copied while all others stream; a server that lacks it cannot serve them,
 * one that has it can, with its copies made one after another.
 *
 * @see <a href="https://www.postgresql.org/docs/15/app-pgbasebackup.html">pg_basebackup, --wal-method</a>
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-MAX-WAL-SENDERS">max_wal_senders,
 *     max_replication_slots</a>
 */
public final class UpstreamLimits {
    public static final String MAX_WAL_SENDERS = "max_wal_senders";
    public static final String MAX_REPLICATION_SLOTS = "max_replication_slots";

    /** PostgreSQL's own, of either. */
    public static final int DEFAULT = 10;

    /** WAL senders. */
    public static final int SENDERS_OF_A_COPY = 2;

    private UpstreamLimits() {}

    /** @param followers how many stream from it in the end; at least one */
    public static int sendersFor(int followers) {
        return followers - 1 + SENDERS_OF_A_COPY;
    }

    /** @param keepsSlots whether each follower has a slot */
    public static int slotsFor(int followers, boolean keepsSlots) {
        return keepsSlots ? followers : 1;
    }
}
