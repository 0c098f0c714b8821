package io.pgherder.agent.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A granted lock. Ages are measured on the monotonic clock: a jump of the wall clock neither drops a lock nor keeps it alive.
 *
 * @param since by the wall clock, for display
 * @param connection the one that took or last renewed the lock; empty for a lock that was found on disk
 * @param closedAtNanos when that connection was closed; empty while it is open
 */
record Hold(
        LockRequest request,
        Instant since,
        long renewedAtNanos,
        Optional<Connection> connection,
        Optional<Long> closedAtNanos) {
    /** A killed controller's successor waits this long; a controller that reconnects has this long to renew. */
    static final Duration GRACE_AFTER_HANGUP = Duration.ofSeconds(1);

    Hold {
        requireNonNull(request, "request is null");
        requireNonNull(since, "since is null");
        requireNonNull(connection, "connection is null");
        requireNonNull(closedAtNanos, "closedAtNanos is null");
    }

    static Hold taken(LockRequest request, Instant since, long nowNanos, Connection connection) {
        return new Hold(request, since, nowNanos, Optional.of(connection), Optional.empty());
    }

    /** A lock found on disk counts as renewed when the agent started: its holder may be alive and about to reconnect. */
    static Hold found(LockRequest request, Instant since, long startedAtNanos) {
        return new Hold(request, since, startedAtNanos, Optional.empty(), Optional.empty());
    }

    Hold renewed(long nowNanos, Connection by) {
        return new Hold(request, since, nowNanos, Optional.of(by), Optional.empty());
    }

    Hold hungUp(long nowNanos) {
        return new Hold(request, since, renewedAtNanos, connection, Optional.of(nowNanos));
    }

    boolean isFrom(Connection other) {
        return connection.filter(other::equals).isPresent();
    }

    boolean isAlive(long nowNanos) {
        return nanosLeft(nowNanos) > 0;
    }

    LockHolder describe(long nowNanos) {
        return new LockHolder(
                request.holder(),
                request.purpose(),
                request.token(),
                since,
                Duration.ofNanos(nowNanos - renewedAtNanos),
                Duration.ofNanos(Math.max(0, nanosLeft(nowNanos))));
    }

    private long nanosLeft(long nowNanos) {
        long untilSilenceEnds = request.ttl().toNanos() - (nowNanos - renewedAtNanos);
        return closedAtNanos
                .map(closed -> Math.min(untilSilenceEnds, GRACE_AFTER_HANGUP.toNanos() - (nowNanos - closed)))
                .orElse(untilSilenceEnds);
    }
}
