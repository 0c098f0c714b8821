package io.pgherder.controller.execution;

import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.HostSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static java.util.Objects.requireNonNull;

/**
 * The port to one agent's part of a cluster's lock. The futures complete exceptionally only for a defect of pgherder itself.
 */
public interface AgentLock {
    CompletableFuture<Answer> lock(HostSpec agent, Request request);

    CompletableFuture<Renewal> renew(HostSpec agent, String cluster, long token);

    /** Gives the lock back, if it is still the caller's; an agent that does not answer lets it fall by itself. */
    CompletableFuture<Void> release(HostSpec agent, String cluster, long token);

    /**
     * @param holder who asks, for the person who is refused: "alice@ops1 pid 4711"
     * @param purpose what for: "apply inventories/orders.yaml"
     * @param token must exceed every token that the agent has granted for the cluster
     * @param ttl without a renewal the lock falls after this long
     * @param nonce random, one for each run: askers may call themselves the same
     */
    record Request(String cluster, String holder, String purpose, long token, Duration ttl, String nonce) {
        public Request {
            requireNonNull(cluster, "cluster is null");
            requireNonNull(holder, "holder is null");
            requireNonNull(purpose, "purpose is null");
            requireNonNull(ttl, "ttl is null");
            requireNonNull(nonce, "nonce is null");
        }

        Request withToken(long newToken) {
            return new Request(cluster, holder, purpose, newToken, ttl, nonce);
        }
    }

    /** What an agent says to a request. */
    sealed interface Answer {
        record Granted() implements Answer {}

        record HeldBy(LockHolder holder) implements Answer {}

        /** The token was not newer than this one. */
        record Stale(long newestToken) implements Answer {}

        record Unanswered(Problem why) implements Answer {}
    }

    /** Whether the lock is still the caller's; an agent that does not answer says nothing about it. */
    enum Renewal {
        HELD,
        LOST,
        UNANSWERED
    }
}
