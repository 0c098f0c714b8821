package io.pgherder.agent.lock;

import static java.util.Objects.requireNonNull;

/** The answer to a {@link LockRequest}. */
public sealed interface LockOutcome {
    /** Changing actions must carry this token. */
    record Granted(long token) implements LockOutcome {}

    record HeldBy(LockHolder holder) implements LockOutcome {
        public HeldBy {
            requireNonNull(holder, "holder is null");
        }
    }

    /** Nobody holds the lock, but the token that was asked for is not newer than this one. */
    record NotNewer(long newestToken) implements LockOutcome {}
}
