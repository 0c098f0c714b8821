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
 * @param fallsAtNanos when it falls if it is not renewed
 */
record Hold(
        LockRequest request, Instant since, long renewedAtNanos, Optional<Connection> connection, long fallsAtNanos) {
    /** A killed controller's successor waits this long; a controller that lives has this long to notice, to reconnect and to renew. */
    static final Duration GRACE_AFTER_HANGUP = Duration.ofSeconds(2);

    /** The same when the agent was away: its host may have been, too, and then a connection takes some seconds to be made. */
    static final Duration GRACE_AFTER_START = Duration.ofSeconds(10);

    Hold {
        requireNonNull(request, "request is null");
        requireNonNull(since, "since is null");
        requireNonNull(connection, "connection is null");
    }

    static Hold taken(LockRequest request, Instant since, long nowNanos, Connection connection) {
        return new Hold(
                request,
                since,
                nowNanos,
                Optional.of(connection),
                nowNanos + request.ttl().toNanos());
    }

    /** A lock found on disk counts as renewed when the agent started: its holder may be alive and about to reconnect. */
    static Hold found(LockRequest request, Instant since, long startedAtNanos) {
        long grace = Math.min(GRACE_AFTER_START.toNanos(), request.ttl().toNanos());
        return new Hold(request, since, startedAtNanos, Optional.empty(), startedAtNanos + grace);
    }

    Hold renewed(long nowNanos, Connection by) {
        return taken(request, since, nowNanos, by);
    }

    Hold hungUp(long nowNanos) {
        long grace = Math.min(GRACE_AFTER_HANGUP.toNanos(), nanosLeft(nowNanos));
        return new Hold(request, since, renewedAtNanos, connection, nowNanos + grace);
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
        return fallsAtNanos - nowNanos;
    }
}
