package io.pgherder.controller.observation;

import java.util.List;

import static java.util.Objects.requireNonNull;

/** One host's part of an observation: the host, and one entry per node that was asked for, in that order. */
public record HostAnswer(HostObservation host, List<NodeObservation> nodes) {
    public HostAnswer {
        requireNonNull(host, "host is null");
        nodes = List.copyOf(nodes);
    }
}
