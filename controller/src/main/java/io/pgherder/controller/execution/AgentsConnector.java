package io.pgherder.controller.execution;

import io.pgherder.controller.observation.NodeProbe;
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

    /**
     * Prepares connections for looking only, at hosts of no topology.
     *
     * @param tlsDirectory as above
     * @param timeout as above
     * @throws io.pgherder.controller.problem.ProblemsException if the certificates cannot be used
     */
    Lookers lookers(Path tlsDirectory, Duration timeout);

    /** Agents that are only looked through. Closing ends the connections. */
    interface Lookers extends AutoCloseable {
        NodeProbe probe();

        @Override
        void close();
    }
}
