package io.pgherder.agent.inspect;

import static java.util.Objects.requireNonNull;

/** What became of a connection attempt; {@code detail} says why a host is unreachable. */
public record Reachability(Endpoint endpoint, Result result, String detail) {
    public enum Result {
        /** Somebody listens. */
        OPEN,
        /** The host answers, nobody listens. */
        REFUSED,
        /** No answer, no route, or the name does not resolve. */
        UNREACHABLE
    }

    public Reachability {
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(result, "result is null");
        requireNonNull(detail, "detail is null");
    }
}
