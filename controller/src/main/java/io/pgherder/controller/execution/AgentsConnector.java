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

    /** Prepares to connect to one cluster after the other, for one run over all of them. */
    default OneRun oneRun() {
        return new OneRun() {
            @Override
            public Agents connect(Topology topology, Path tlsDirectory, Duration timeout) {
                return AgentsConnector.this.connect(topology, tlsDirectory, timeout);
            }

            @Override
            public void close() {
                // There is nothing that they share.
            }
        };
    }

    /**
     * What the connections of one run share, whatever their clusters. A TLS directory is read once: if its files are exchanged meanwhile, they
     * count as they were. Closing is for after the last of the {@link Agents}.
     */
    interface OneRun extends AutoCloseable {
        /** As {@link AgentsConnector#connect}; from any thread. */
        Agents connect(Topology topology, Path tlsDirectory, Duration timeout);

        @Override
        void close();
    }

    /** Agents that are only looked through. Closing ends the connections. */
    interface Lookers extends AutoCloseable {
        NodeProbe probe();

        @Override
        void close();
    }
}
