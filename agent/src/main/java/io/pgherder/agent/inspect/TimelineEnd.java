package io.pgherder.agent.inspect;

import static java.util.Objects.requireNonNull;

/**
 * A timeline of the past, and where the next one forked off.
 *
 * @param lsn "0/3000148"
 */
public record TimelineEnd(int timeline, String lsn) {
    public TimelineEnd {
        requireNonNull(lsn, "lsn is null");
    }
}
