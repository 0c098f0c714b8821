package io.pgherder.controller.agentclient;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.pgherder.controller.topology.HostSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection to each agent, made when it is first used and kept: an agent's lock lives as long as the connection it came by. */
final class AgentChannels implements AutoCloseable {
    // A host that vanished sends nothing, not even a refusal; agents tolerate a ping every 5 s.
    private static final int PING_SECONDS = 10;
    private static final int PING_TIMEOUT_SECONDS = 5;
    private static final int LARGEST_ANSWER_BYTES = 64 << 20;

    static {
        // Netty names its channels after a hardware address, and warns where there is none. Nobody reads these names.
        System.setProperty("io.netty.machineId", "02:00:00:00:00:00");
    }

    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final Function<HostSpec, ManagedChannel> maker;
    private final Runnable afterwards;

    /**
     * @param maker how a connection is made; a test makes them in process
     * @param afterwards ends what was made for these connections alone
     */
    AgentChannels(Function<HostSpec, ManagedChannel> maker, Runnable afterwards) {
        this.maker = maker;
        this.afterwards = afterwards;
    }

    /** Connections over mutual TLS, whose agents must show a certificate for the host that the topology names. */
    static AgentChannels secured(SslContext tls) {
        AgentThreads threads = AgentThreads.start();
        return secured(tls, threads, threads::end);
    }

    /** The same, on threads that others have as well. */
    static AgentChannels secured(SslContext tls, AgentThreads threads) {
        return secured(tls, threads, () -> {});
    }

    private static AgentChannels secured(SslContext tls, AgentThreads threads, Runnable afterwards) {
        return new AgentChannels(
                host -> NettyChannelBuilder.forAddress(host.agentHost(), host.agentPort())
                        .sslContext(tls)
                        .channelType(NioSocketChannel.class)
                        .eventLoopGroup(threads.group())
                        .directExecutor()
                        .disableRetry()
                        .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .maxInboundMessageSize(LARGEST_ANSWER_BYTES)
                        .build(),
                afterwards);
    }

    Channel to(HostSpec host) {
        return channels.computeIfAbsent(host.agent(), address -> maker.apply(host));
    }

    /** After a failure: tries again with the next call instead of waiting for gRPC's own back-off. */
    void retrySoon(HostSpec host) {
        ManagedChannel channel = channels.get(host.agent());
        if (channel != null) {
            channel.resetConnectBackoff();
        }
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        afterwards.run();
    }
}
