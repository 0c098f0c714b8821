package io.pgherder.agent.lock;

import io.pgherder.agent.problem.AgentProblem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * The locks of all clusters at this agent. A lock is granted only if nobody else holds it and its token is newer than every token granted
 * before; the token is on disk before the grant is spoken. It falls when its holder is silent for its time to live, or a moment after the
 * holder's connection is closed: a killed controller's connection closes at once and its successor need not wait, a stopped one keeps its
 * connection and the time to live decides.
 */
public final class ClusterLocks {
    private static final Logger LOG = Logger.getLogger(ClusterLocks.class.getName());

    private final Path directory;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final long startedAtNanos;
    private final Map<String, ClusterLock> locks = new HashMap<>();

    public ClusterLocks(Path directory, LongSupplier nanoTime, Clock clock) {
        this.directory = directory;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.startedAtNanos = nanoTime.getAsLong();
    }

    /** A run that asks again for the token that it already holds is granted it again: the first answer may have been lost. */
    public synchronized LockOutcome lock(LockRequest request, Connection connection) {
        ClusterLock lock = lockOf(request.cluster());
        long now = nanoTime.getAsLong();
        Optional<Hold> held = lock.heldAt(now);
        if (held.isPresent() && !held.get().request().isRepeatedBy(request)) {
            return new LockOutcome.HeldBy(held.get().describe(now));
        }
        if (held.isPresent()) {
            lock.hold = Optional.of(held.get().renewed(now, connection));
            return new LockOutcome.Granted(request.token());
        }
        if (request.token() <= lock.newestToken) {
            return new LockOutcome.NotNewer(lock.newestToken);
        }
        lock.grant(Hold.taken(request, clock.instant(), now, connection));
        LOG.info(() -> "lock of " + request.cluster() + " granted to " + request.holder() + " for " + request.purpose()
                + ", token " + request.token());
        return new LockOutcome.Granted(request.token());
    }

    /** @return false if the lock has fallen: what has fallen is not revived, somebody may have looked meanwhile */
    public synchronized boolean renew(String cluster, long token, Connection connection) {
        ClusterLock lock = lockOf(cluster);
        long now = nanoTime.getAsLong();
        Optional<Hold> held = lock.heldAt(now).filter(hold -> hold.request().token() == token);
        held.ifPresent(hold -> lock.hold = Optional.of(hold.renewed(now, connection)));
        return held.isPresent();
    }

    /** @return false if the lock was not held with this token any more */
    public synchronized boolean release(String cluster, long token) {
        ClusterLock lock = lockOf(cluster);
        boolean held = lock.heldAt(nanoTime.getAsLong())
                .filter(hold -> hold.request().token() == token)
                .isPresent();
        if (held) {
            lock.drop();
            LOG.info(() -> "lock of " + cluster + " released, token " + token);
        }
        return held;
    }

    /** Afterwards the locks that this connection took or last renewed fall, unless their holder renews them within the grace. */
    public synchronized void connectionClosed(Connection connection) {
        long now = nanoTime.getAsLong();
        locks.values()
                .forEach(lock -> lock.hold = lock.hold.map(hold -> hold.isFrom(connection) ? hold.hungUp(now) : hold));
    }

    public synchronized Optional<LockHolder> holder(String cluster) {
        long now = nanoTime.getAsLong();
        return lockOf(cluster).heldAt(now).map(hold -> hold.describe(now));
    }

    /** The newest token ever granted for the cluster; 0 if none. */
    public synchronized long newestToken(String cluster) {
        return lockOf(cluster).newestToken;
    }

    /** Why an action with this token must not run now; empty if it may. */
    public synchronized Optional<AgentProblem> refusal(String cluster, long token) {
        ClusterLock lock = lockOf(cluster);
        Optional<LockHolder> holder =
                lock.heldAt(nanoTime.getAsLong()).map(hold -> hold.describe(nanoTime.getAsLong()));
        if (token == 0) {
            return Optional.of(LockProblem.NO_TOKEN
                    .summary("an action that changes cluster " + cluster + " needs its lock")
                    .detail(words(holder))
                    .hint("let an apply carry it out: it takes the lock first"));
        }
        if (token < lock.newestToken) {
            return Optional.of(LockProblem.OUTDATED_TOKEN
                    .summary("another run has taken the lock of cluster " + cluster)
                    .detail("the action carries token " + token + ", the newest granted here is " + lock.newestToken)
                    .detail(words(holder))
                    .hint("wait until that run has ended, then run the command again: it continues"));
        }
        if (holder.isEmpty() || holder.get().token() != token) {
            return Optional.of(LockProblem.NOT_HELD
                    .summary("the lock of cluster " + cluster + " is not held with token " + token)
                    .detail("newest token granted here: " + lock.newestToken + "; its lock has fallen or was released")
                    .hint("run the command again: it takes the lock and continues"));
        }
        return Optional.empty();
    }

    private static String words(Optional<LockHolder> holder) {
        return holder.map(held -> "held by " + held).orElse("nobody holds it now");
    }

    private ClusterLock lockOf(String cluster) {
        LockRequest.requireClusterName(cluster);
        return locks.computeIfAbsent(cluster, this::load);
    }

    private ClusterLock load(String cluster) {
        LockFile file = new LockFile(directory, cluster);
        LockFile.Content content = file.read();
        Optional<Hold> hold = content.held().map(held -> Hold.found(held.request(), held.since(), startedAtNanos));
        return new ClusterLock(file, content.newestToken(), hold);
    }

    /** One cluster's lock; guarded by the enclosing object. */
    private static final class ClusterLock {
        private final LockFile file;
        private long newestToken;
        private Optional<Hold> hold;

        private ClusterLock(LockFile file, long newestToken, Optional<Hold> hold) {
            this.file = file;
            this.newestToken = newestToken;
            this.hold = hold;
        }

        private Optional<Hold> heldAt(long nowNanos) {
            return hold.filter(h -> h.isAlive(nowNanos));
        }

        private void grant(Hold granted) {
            long token = granted.request().token();
            file.write(new LockFile.Content(token, Optional.of(new LockFile.Held(granted.request(), granted.since()))));
            newestToken = token;
            hold = Optional.of(granted);
        }

        private void drop() {
            file.write(new LockFile.Content(newestToken, Optional.empty()));
            hold = Optional.empty();
        }
    }
}
