package io.pgherder.controller.observation;

import io.pgherder.controller.observation.HostObservation.LocalInstance;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An instance that was found on a host without being asked for by name.
 *
 * @param seen what a look at it showed; empty: it was not looked at, because it lies outside of the agent's allowed roots, or nothing tells
 *     its port or version
 */
public record FoundInstance(LocalInstance place, Optional<NodeObservation> seen) {
    public FoundInstance {
        requireNonNull(place, "place is null");
        requireNonNull(seen, "seen is null");
    }
}
