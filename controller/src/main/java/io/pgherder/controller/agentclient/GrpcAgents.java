package io.pgherder.controller.agentclient;

import io.pgherder.controller.execution.ActionRunner;
import io.pgherder.controller.execution.AgentLock;
import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.observation.NodeProbe;
import io.pgherder.controller.topology.Topology;
import java.time.Clock;
import java.time.Duration;

/** The agents of one cluster, over gRPC. */
final class GrpcAgents implements Agents {
    /** Long enough for an agent to be restarted by its service manager. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AgentChannels channels;
    private final Topology topology;
    private final Duration timeout;

    GrpcAgents(AgentChannels channels, Topology topology, Duration timeout) {
        this.channels = channels;
        this.topology = topology;
        this.timeout = timeout;
    }

    @Override
    public NodeProbe probe() {
        return new GrpcNodeProbe(channels, timeout, Clock.systemUTC());
    }

    @Override
    public ActionRunner runner() {
        return new GrpcActionRunner(channels, topology, timeout, PATIENCE);
    }

    @Override
    public AgentLock lock() {
        return new GrpcAgentLock(channels, timeout);
    }

    @Override
    public void close() {
        channels.close();
    }
}
