package io.pgherder.controller.observation;

import io.pgherder.controller.topology.HostSpec;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * All that was found on a host.
 *
 * @param agent by which the agent was reached; the host's name is the agent's address as it was given
 * @param said what the agent says of its host, or why it could not be asked
 */
public record FoundHost(HostSpec agent, HostObservation said, List<FoundInstance> instances) {
    public FoundHost {
        requireNonNull(agent, "agent is null");
        requireNonNull(said, "said is null");
        instances = List.copyOf(instances);
    }
}
