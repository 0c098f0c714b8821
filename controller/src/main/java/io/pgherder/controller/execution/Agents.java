package io.pgherder.controller.execution;

import io.pgherder.controller.observation.NodeProbe;

/** The agents of one cluster as this process reaches them. Closing ends the connections, never what the agents carry out. */
public interface Agents extends AutoCloseable {
    NodeProbe probe();

    ActionRunner runner();

    AgentLock lock();

    @Override
    void close();
}
