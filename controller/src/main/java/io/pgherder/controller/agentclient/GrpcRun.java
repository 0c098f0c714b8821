package io.pgherder.controller.agentclient;

import io.netty.handler.ssl.SslContext;
import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.execution.AgentsConnector.OneRun;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One run over several clusters: they share the threads, and of what was read from a TLS directory one copy. */
final class GrpcRun implements OneRun {
    private final AgentThreads threads = AgentThreads.start();
    private final Map<Path, SslContext> contexts = new ConcurrentHashMap<>();

    @Override
    public Agents connect(Topology topology, Path tlsDirectory, Duration timeout) {
        SslContext tls =
                contexts.computeIfAbsent(tlsDirectory, directory -> new TlsDirectory(directory).clientContext());
        return new GrpcAgents(AgentChannels.secured(tls, threads), topology, timeout);
    }

    @Override
    public void close() {
        threads.end();
    }
}
