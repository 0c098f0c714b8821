package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.WalReception;
import java.time.Duration;
import java.util.Optional;

/**
 * How a standby gets its WAL, and how it applies it, as it says itself. It remembers since when a WAL receiver that has received nothing yet
 * has been served.
 */
final class WalReceiving {
    private final LocalSql sql;
    private Optional<FirstServed> firstServed = Optional.empty();

    WalReceiving(LocalSql sql) {
        this.sql = sql;
    }

    /**
     * A WAL receiver that is connected.
     *
     * @param slot empty: none
     */
    record Receiver(WalReception reception, String host, int port, String slot) {
        boolean isOf(PrimaryConninfo upstream) {
            return host.equals(upstream.host()) && port == upstream.port();
        }
    }

    /**
     * When a receiver was first found to be served.
     *
     * @param at by the clock of System.nanoTime
     */
    private record FirstServed(WalReception reception, long at) {}

    /** Empty if none is connected; whether it streams is for {@link #isStreaming} to say. */
    Optional<Receiver> receiver() {
        return sql.first("SELECT r.sender_host, r.sender_port, r.slot_name, " + WalReception.COLUMNS
                        + " FROM pg_stat_wal_receiver r LEFT JOIN pg_stat_activity a ON a.pid = r.pid")
                .map(row -> new Receiver(
                        WalReception.of(row),
                        row.text("sender_host"),
                        (int) row.number("sender_port"),
                        row.text("slot_name")));
    }

    /** Whether WAL comes from anywhere. */
    boolean isStreaming() {
        return receiver().filter(this::streams).isPresent();
    }

    /** Whether WAL comes from this upstream by this slot, if one is named. */
    boolean isStreaming(PrimaryConninfo upstream, Optional<String> slot) {
        return receiver()
                .filter(this::streams)
                .filter(receiver -> receiver.isOf(upstream))
                .filter(receiver -> slot.isEmpty() || receiver.slot().equals(slot.get()))
                .isPresent();
    }

    /** One that has received nothing yet has to be the one that was found to be served a moment before. */
    private boolean streams(Receiver receiver) {
        WalReception now = receiver.reception();
        boolean isAnother = firstServed
                .filter(first -> first.reception().pid() == now.pid())
                .isEmpty();
        if (isAnother && now.isServed()) {
            firstServed = Optional.of(new FirstServed(now, System.nanoTime()));
        }
        return now.streamsSince(firstServed
                .filter(first -> System.nanoTime() - first.at() >= WalReception.MOMENT.toNanos())
                .map(FirstServed::reception));
    }

    /** What the WAL receiver has, and what its upstream has told it to have; empty if none is connected. */
    Optional<Reception> reception() {
        // What an upstream has told an earlier receiver stays in latest_end_lsn.
        // After a start flushed_lsn is the beginning of a file of WAL, of which more may have been applied.
        return sql.first(
                        "SELECT pg_wal_lsn_diff(greatest(r.flushed_lsn, pg_last_wal_replay_lsn()), '0/0')::bigint AS flushed,"
                                + " CASE WHEN r.written_lsn IS NOT NULL THEN pg_wal_lsn_diff(r.latest_end_lsn, '0/0')::bigint END"
                                + " AS upstream_has,"
                                + " coalesce(1000 * extract(epoch FROM clock_timestamp() - a.backend_start), 0)::bigint AS age_ms"
                                + " FROM pg_stat_wal_receiver r LEFT JOIN pg_stat_activity a ON a.pid = r.pid")
                .map(row -> new Reception(
                        row.number("flushed"),
                        row.maybe("upstream_has").map(Long::valueOf),
                        Duration.ofMillis(row.number("age_ms"))));
    }

    /**
     * @param flushed the end of the WAL on the standby's disk, as a byte position
     * @param upstreamHas the end of the upstream's WAL; empty as long as it has sent nothing, as an upstream without writes does to a
     *     standby that has everything
     * @param age since when this WAL receiver runs
     */
    record Reception(long flushed, Optional<Long> upstreamHas, Duration age) {}

    /** How long the standby waits between two attempts to connect to its upstream: {@code wal_retrieve_retry_interval}. */
    Duration betweenAttempts() {
        return Duration.ofMillis(sql.query("SELECT setting FROM pg_settings WHERE name = 'wal_retrieve_retry_interval'")
                .get(0)
                .number("setting"));
    }

    /** How the standby applies its WAL. */
    Replay replay() {
        return sql
                .query("SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint AS reached,"
                        + " pg_last_wal_replay_lsn()::text AS reached_lsn, pg_is_wal_replay_paused() AS is_paused,"
                        + " EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'startup'"
                        + " AND wait_event = 'RecoveryApplyDelay') AS is_delayed")
                .stream()
                .map(row -> new Replay(
                        row.number("reached"), row.text("reached_lsn"), row.flag("is_paused"), row.flag("is_delayed")))
                .findFirst()
                .orElseThrow();
    }

    /**
     * @param reached up to where the standby has applied its WAL, as a byte position
     * @param reachedLsn the same as text: "0/3000148"
     * @param isPaused whether somebody has paused it
     * @param isDelayed whether it has more, and lets {@code recovery_min_apply_delay} pass
     */
    record Replay(long reached, String reachedLsn, boolean isPaused, boolean isDelayed) {
        boolean isHeldUp() {
            return isPaused || isDelayed;
        }
    }
}
