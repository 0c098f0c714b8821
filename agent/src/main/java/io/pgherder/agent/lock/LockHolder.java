package io.pgherder.agent.lock;

import java.time.Duration;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Who holds a lock at this moment.
 *
 * @param since by this host's clock, for display only
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

    /** {@code alice@ops1 pid 4711 (apply t5.yaml) since 2026-11-23T00:51:01Z, last heard 2 s ago}. */
    @Override
    public String toString() {
        return holder + " (" + purpose + ") since " + since + ", last heard " + silentFor.toSeconds() + " s ago";
    }
}
