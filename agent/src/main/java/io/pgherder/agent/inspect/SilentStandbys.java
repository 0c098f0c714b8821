package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.postgres.WalReception;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The standbys that commits count on and that do not answer: stopped by a signal, hanging at their disk, or cut off. Until wal_sender_timeout,
 * a minute as a rule, pg_stat_replication goes on showing them as streaming, while commits wait for them.
 *
 * <p>A WAL receiver answers as soon as it has flushed what it got, and otherwise every wal_receiver_status_interval, unless that is 0. So one
 * is suspected that has not confirmed all that it was sent, and whose last answer is older than the usual interval and a busy disk account
 * for. The time of that answer is of the standby's clock, and where the interval is longer than usual, or 0, even one that answers has been
 * quiet before the WAL of just now: by its age alone nobody may be called silent. Whether the time changes depends on neither. Hence a second
 * look, only where there is a suspect, and only until it answers: one that lives does within milliseconds, unless its disk is so slow that
 * commits wait for it at this moment, too. Where the clock of a standby is ahead, it is suspected by so much later.
 *
 * @param millis by the process id of its WAL sender, how old its last answer is: the primary's clock less the time in the answer, which is
 *     of the standby's clock. It was not owed for all of that time.
 * @see <a href="https://www.postgresql.org/docs/15/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW">reply_time</a>
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-WAL-RECEIVER-STATUS-INTERVAL">
 *     wal_receiver_status_interval</a>
 */
record SilentStandbys(Map<Long, Long> millis) {
    static final SilentStandbys NONE = new SilentStandbys(Map.of());

    /** The usual wal_receiver_status_interval of 10 s, and half as long again for one that flushes slowly. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(15);

    /** How long a suspect has to answer: as much as leaves time to ask for the rest. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

    /** SQL about a row of pg_stat_replication: what {@link #among} reads. A standby's standbys are never synchronous. */
    static final String COLUMNS = """
            pid, reply_time, (1000 * extract(epoch FROM clock_timestamp() - reply_time))::bigint AS reply_age_ms,
                   CASE WHEN pg_is_in_recovery() THEN false
                        ELSE coalesce(state = 'streaming' AND sync_state <> 'async'
                                      AND flush_lsn < sent_lsn
                                      AND clock_timestamp() - reply_time > interval '%d s', false) END AS is_suspect""".formatted(SUSPICIOUS.toSeconds());

    SilentStandbys {
        millis = Map.copyOf(millis);
    }

    /**
     * Asks again where there is a suspect.
     *
     * @param senders the rows of pg_stat_replication
     * @param again what they are now
     */
    static SilentStandbys among(List<Row> senders, Supplier<List<Row>> again) {
        List<Row> suspects =
                senders.stream().filter(row -> row.flag("is_suspect")).toList();
        long begun = System.nanoTime();
        while (!suspects.isEmpty() && System.nanoTime() - begun < LAST_CHANCE.toNanos()) {
            Wait.pause(WalReception.MOMENT, Cancellation.never());
            suspects = unchanged(suspects, again.get());
        }
        return new SilentStandbys(suspects.stream()
                .collect(Collectors.toMap(row -> row.number("pid"), row -> row.number("reply_age_ms"))));
    }

    /** As they are now, of those that have said nothing since. */
    private static List<Row> unchanged(List<Row> before, List<Row> now) {
        return now.stream()
                .filter(row -> before.stream()
                        .anyMatch(suspect -> suspect.number("pid") == row.number("pid")
                                && suspect.text("reply_time").equals(row.text("reply_time"))))
                .toList();
    }

    /** How old the last answer of the one whose row this is, if it is silent; in milliseconds, as in {@link #millis}. */
    Optional<Long> since(Row sender) {
        return Optional.ofNullable(millis.get(sender.number("pid")));
    }
}
