package io.pgherder.controller.drift;

import io.pgherder.controller.observation.Ground.Reachability;
import io.pgherder.controller.observation.Ground.Reachability.Result;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * That a standby's host did not get through to an upstream at its declared address, as its agent has tried.
 *
 * @param host of the standby
 */
public record UnreachedUpstream(NodeName upstream, String host, Reachability attempt) {
    public UnreachedUpstream {
        requireNonNull(upstream, "upstream is null");
        requireNonNull(host, "host is null");
        requireNonNull(attempt, "attempt is null");
    }

    /** Empty if it got through, or nobody has tried. */
    public static Optional<UnreachedUpstream> of(SideBySide look, NodeName standby, NodeName upstream) {
        String address = look.topology().hostOf(upstream).address();
        int port = look.topology().node(upstream).port();
        return look.ground(standby).stream()
                .flatMap(ground -> ground.reach().stream())
                .filter(attempt -> attempt.host().equals(address) && attempt.port() == port)
                .findFirst()
                .filter(attempt -> attempt.result() != Result.OPEN)
                .map(attempt -> new UnreachedUpstream(
                        upstream, look.topology().node(standby).host(), attempt));
    }

    /** Whether the host of the upstream answers, and nobody listens there: a start or a restart may change that. */
    public boolean isRefused() {
        return attempt.result() == Result.REFUSED;
    }

    /** "10.0.1.11:1921". */
    public String place() {
        return attempt.host() + ":" + attempt.port();
    }

    /** What became of it: "no route to host". */
    public String outcome() {
        return attempt.detail().isEmpty() ? attempt.result().name().toLowerCase(Locale.ROOT) : attempt.detail();
    }

    /** What a person may look at. */
    public String advice() {
        return isRefused()
                ? "does listen_addresses of " + upstream + " include " + attempt.host() + "?"
                : "is there a route, and does a firewall let " + host + " through?";
    }
}
