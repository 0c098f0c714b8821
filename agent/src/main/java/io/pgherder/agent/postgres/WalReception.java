package io.pgherder.agent.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a WAL receiver really streams. pg_stat_wal_receiver says "streaming" from the moment the receiver is connected, before it has
 * asked for anything. An upstream that has not what is wanted agrees to stream, and ends that at once; one on another timeline even
 * sends what both have in common, which is less than the standby has applied. The receiver is started anew every
 * {@code wal_retrieve_retry_interval}, and says "streaming" each time. So it has to have received as much as is applied already; or,
 * where there is nothing to receive, to listen for a moment after its upstream has agreed.
 *
 * @param pid of the receiver
 * @param saysSo whether it says that it streams
 * @param listens whether it waits for WAL, which it does only after its upstream has agreed
 * @param writes whether it just writes what it has received, as its first file of WAL, which can take seconds on a busy disk
 * @param isProven whether it has received what is applied, or has listened for long
 * @see <a href="https://www.postgresql.org/docs/15/monitoring-stats.html#MONITORING-PG-STAT-WAL-RECEIVER-VIEW">pg_stat_wal_receiver</a>
 */
public record WalReception(long pid, boolean saysSo, boolean listens, boolean writes, boolean isProven) {
    /**
     * From the agreement to the refusal pass only the milliseconds in which the upstream looks into its pg_wal: both take the same way, so its
     * distance does not count.
     */
    public static final Duration MOMENT = Duration.ofMillis(50);

    /** Longer than a receiver takes to connect, so that one this old has listened for more than a moment. */
    private static final Duration LONG = Duration.ofSeconds(10);

    /** SQL about the receiver {@code r} and its session {@code a}: what {@link #of} reads. */
    public static final String COLUMNS = """
            r.pid, r.status, coalesce(a.wait_event = 'WalReceiverMain', false) AS listens,
                   lower(coalesce(a.wait_event, 'walwrite')) IN ('walinitwrite', 'walinitsync', 'walwrite', 'walsync') AS writes,
                   coalesce(r.written_lsn >= pg_last_wal_replay_lsn(), false)
                   OR coalesce(a.wait_event = 'WalReceiverMain'
                               AND clock_timestamp() - a.backend_start >= interval '%d s', false) AS is_proven""".formatted(LONG.toSeconds());

    public static WalReception of(Row row) {
        return new WalReception(
                row.number("pid"),
                row.text("status").equals("streaming"),
                row.flag("listens"),
                row.flag("writes"),
                row.flag("is_proven"));
    }

    /** Whether it has to be looked at again, a moment later. */
    public boolean isOpen() {
        return saysSo && !isProven;
    }

    /** @param earlier a look at least a moment before; one that is still busy writing what it got is to be looked at again */
    public boolean streamsSince(Optional<WalReception> earlier) {
        return saysSo
                && (isProven
                        || (listens
                                && earlier.filter(before -> before.pid == pid)
                                        .filter(WalReception::isServed)
                                        .isPresent()));
    }

    /** Its upstream has agreed. */
    public boolean isServed() {
        return listens || writes;
    }
}
