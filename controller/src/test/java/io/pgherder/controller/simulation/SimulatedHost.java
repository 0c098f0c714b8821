package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.LockHolder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A host as its agent describes it; the defaults stand in nobody's way. */
public final class SimulatedHost {
    public boolean silent;
    public boolean hasPrograms = true;
    public int protocol = 5;
    public boolean comparesPasswords = true;
    /** Directories that do not answer, and may hold instances. */
    public List<String> silentDirectories = List.of();

    public Duration clockOffset = Duration.ofMillis(3);
    /** Who holds the cluster's lock there. */
    public Optional<LockHolder> lock = Optional.empty();
}
