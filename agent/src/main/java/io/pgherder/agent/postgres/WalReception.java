package io.pgherder.agent.postgres;

import java.time.Duration;

/**
 * When a WAL receiver really streams. pg_stat_wal_receiver says "streaming" as soon as its upstream has agreed, and that agrees before it
 * looks for the WAL that is wanted: where that is gone, or lies on a timeline of which it has no more, the receiver ends at once and is
 * started anew every {@code wal_retrieve_retry_interval}, saying "streaming" each time.
 *
 * @see <a href="https://www.postgresql.org/docs/15/monitoring-stats.html#MONITORING-PG-STAT-WAL-RECEIVER-VIEW">pg_stat_wal_receiver</a>
 */
public final class WalReception {
    /** Longer than an upstream takes to find that it has not what is wanted. */
    public static final Duration PROVING = Duration.ofMillis(250);

    /** SQL about the receiver {@code r} and its session {@code a}: it has got something, or has lived on with nothing to get. */
    public static final String IS_PROVEN =
            "(r.written_lsn IS NOT NULL OR clock_timestamp() - a.backend_start >= interval '" + PROVING.toMillis()
                    + " ms')";

    private WalReception() {}
}
