package io.pgherder.controller.simulation;

import io.pgherder.controller.execution.AgentsConnector;
import java.nio.file.Path;
import java.time.Duration;

/** Agents that are reached by a topology, for commands that have one. */
public interface TopologyAgents extends AgentsConnector {
    @Override
    default Lookers lookers(Path tlsDirectory, Duration timeout) {
        throw new AssertionError("a host of no topology is asked");
    }
}
