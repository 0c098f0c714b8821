package io.pgherder.agent.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a WAL receiver really streams. pg_stat_wal_receiver says "streaming" as soon as its upstream has agreed, and that agrees before
 * it looks for the WAL that is wanted: where that is gone, or lies on a timeline of which it has no more, the receiver ends at once and is
 * started anew every {@code wal_retrieve_retry_interval}, saying "streaming" each time. So one that has received nothing yet has to live on
 * for a moment.
 *
 * @param pid of the receiver
 * @param saysSo whether it says that it streams
 * @param isProven whether it has received something, or has lived for long
 * @see <a href="https://www.postgresql.org/docs/15/monitoring-stats.html#MONITORING-PG-STAT-WAL-RECEIVER-VIEW">pg_stat_wal_receiver</a>
 */
public record WalReception(long pid, boolean saysSo, boolean isProven) {
    /** Longer than an upstream that is not far away takes to find that it has not what is wanted. */
    public static final Duration MOMENT = Duration.ofMillis(50);

    /** SQL about the receiver {@code r} and its session {@code a}: what {@link #of} reads. */
    public static final String COLUMNS = """
            r.pid, r.status, r.written_lsn IS NOT NULL
                   OR coalesce(clock_timestamp() - a.backend_start >= interval '500 ms', false) AS is_proven""";

    public static WalReception of(Row row) {
        return new WalReception(row.number("pid"), row.text("status").equals("streaming"), row.flag("is_proven"));
    }

    /** Whether it has to be looked at again, a moment later. */
    public boolean isOpen() {
        return saysSo && !isProven;
    }

    /** @param earlier a look at least a moment before */
    public boolean streamsSince(Optional<WalReception> earlier) {
        return saysSo
                && (isProven
                        || earlier.filter(before -> before.saysSo && before.pid == pid)
                                .isPresent());
    }
}
