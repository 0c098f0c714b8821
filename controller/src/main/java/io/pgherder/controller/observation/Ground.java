package io.pgherder.controller.observation;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where an instance stands or would stand.
 *
 * @param walDir empty if the node declares none
 * @param reach what could be reached from this host, one per endpoint that was asked for
 */
public record Ground(DirectoryFacts dataDir, Optional<DirectoryFacts> walDir, PortUse port, List<Reachability> reach) {
    public Ground {
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(walDir, "walDir is null");
        requireNonNull(port, "port is null");
        reach = List.copyOf(reach);
    }

    public enum PortUse {
        FREE,
        /** The instance's own postmaster listens there. */
        OURS,
        OTHER,
        UNKNOWN
    }

    /** Whether somebody listens at an endpoint, as tried from this host. */
    public record Reachability(String host, int port, Result result, String detail) {
        public enum Result {
            OPEN,
            /** The host answers, nobody listens. */
            REFUSED,
            UNREACHABLE
        }
    }
}
