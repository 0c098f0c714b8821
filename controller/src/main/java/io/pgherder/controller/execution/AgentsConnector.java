package io.pgherder.controller.execution;

import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;

/** The port that knows how agents are spoken to. */
public interface AgentsConnector {
    /**
     * Prepares the connections; whether an agent is there shows when it is asked.
     *
     * @param tlsDirectory holds {@code ca.crt}, {@code controller.crt} and {@code controller.key}
     * @param timeout how long one question to one agent may take
     * @throws io.pgherder.controller.problem.ProblemsException if the certificates cannot be used
     */
    Agents connect(Topology topology, Path tlsDirectory, Duration timeout);
}
