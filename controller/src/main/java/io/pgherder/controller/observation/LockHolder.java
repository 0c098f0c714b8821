package io.pgherder.controller.observation;

import java.time.Duration;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Who holds a cluster's lock.
 *
 * @param holder "alice@ops1 pid 4711"
 * @param purpose "apply inventories/orders.yaml"
 * @param since by the agent's clock
 * @param silentFor how long ago the holder last spoke
 * @param expiresIn when the lock falls if the holder stays silent
 */
public record LockHolder(
        String holder, String purpose, long token, Instant since, Duration silentFor, Duration expiresIn) {
    public LockHolder {
        requireNonNull(holder, "holder is null");
        requireNonNull(purpose, "purpose is null");
        requireNonNull(since, "since is null");
        requireNonNull(silentFor, "silentFor is null");
        requireNonNull(expiresIn, "expiresIn is null");
    }
}
