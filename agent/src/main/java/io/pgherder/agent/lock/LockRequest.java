package io.pgherder.agent.lock;

import java.time.Duration;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * A controller asks for a cluster's lock.
 *
 * @param holder who asks, for the person who is refused: "alice@ops1 pid 4711"
 * @param purpose what for: "apply inventories/orders.yaml"
 * @param token must exceed every token granted for the cluster so far
 * @param ttl without a renewal the lock falls after this long
 * @param nonce random, one for each run; empty from a controller that sends none
 */
public record LockRequest(String cluster, String holder, String purpose, long token, Duration ttl, String nonce) {
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int LONGEST_TEXT = 500;

    public LockRequest {
        requireClusterName(cluster);
        requireLine("holder", holder);
        requireLine("purpose", purpose);
        requireNonNull(ttl, "ttl is null");
        if (nonce.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "the lock's nonce has at most " + LONGEST_TEXT + " characters, got " + nonce.length());
        }
        if (token < 1) {
            throw new IllegalArgumentException("a lock token counts from 1, got " + token);
        }
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a lock lives between 1 s and 600 s without a renewal, got " + ttl.toMillis() + " ms");
        }
    }

    /** Asked again by the same run. What two runs call themselves may be equal, in containers even the pid; the nonce is not. */
    boolean isRepeatedBy(LockRequest other) {
        return !nonce.isEmpty() && equals(other);
    }

    /** The name becomes a file name, so it is not free text. */
    static void requireClusterName(String cluster) {
        if (!CLUSTER.matcher(cluster).matches()) {
            throw new IllegalArgumentException("\"" + cluster + "\" is not a cluster name");
        }
    }

    private static void requireLine(String name, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "the lock's " + name + " needs 1 to " + LONGEST_TEXT + " characters, got " + text.length());
        }
    }
}
