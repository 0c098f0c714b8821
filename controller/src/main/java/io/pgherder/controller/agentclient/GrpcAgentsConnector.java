package io.pgherder.controller.agentclient;

import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.execution.AgentsConnector;
import io.pgherder.controller.observation.NodeProbe;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Reaches agents by gRPC over mutual TLS. */
public final class GrpcAgentsConnector implements AgentsConnector {
    @Override
    public Agents connect(Topology topology, Path tlsDirectory, Duration timeout) {
        AgentChannels channels = AgentChannels.secured(new TlsDirectory(tlsDirectory).clientContext());
        return new GrpcAgents(channels, topology, timeout);
    }

    @Override
    public OneRun oneRun() {
        return new GrpcRun();
    }

    @Override
    public Lookers lookers(Path tlsDirectory, Duration timeout) {
        AgentChannels channels = AgentChannels.secured(new TlsDirectory(tlsDirectory).clientContext());
        NodeProbe probe = new GrpcNodeProbe(channels, timeout, Clock.systemUTC());
        return new Lookers() {
            @Override
            public NodeProbe probe() {
                return probe;
            }

            @Override
            public void close() {
                channels.close();
            }
        };
    }
}
