package io.pgherder.agent.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pgherder.agent.lock.ClusterLocks;
import io.pgherder.agent.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The listening server: mutual TLS, the agent service and the standard health service, and few threads. */
public final class AgentServer implements AutoCloseable {
    private static final int LARGEST_MESSAGE_BYTES = 1 << 20;
    private static final int LARGEST_METADATA_BYTES = 16 << 10;
    // Controllers ping every 10 s; gRPC hangs up on a client that pings more often than this.
    private static final Duration SHORTEST_PING_INTERVAL = Duration.ofSeconds(5);
    // A controller's host that vanished is noticed, and its locks fall, also when nothing is being sent.
    private static final Duration PING_AFTER_SILENCE = Duration.ofSeconds(20);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    private final Server server;
    private final HealthStatusManager health;
    private final EventLoopGroup eventLoop;
    private final CallThreads calls;

    private AgentServer(Server server, HealthStatusManager health, EventLoopGroup eventLoop, CallThreads calls) {
        this.server = server;
        this.health = health;
        this.eventLoop = eventLoop;
        this.calls = calls;
    }

    /** @throws IOException if it cannot listen there */
    public static AgentServer start(
            InetSocketAddress address, TlsIdentity identity, BindableService service, ClusterLocks locks)
            throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        // One thread both accepts and serves: all it does is TLS and framing.
        EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("agent-io", true), NioIoHandler.newFactory());
        CallThreads calls = new CallThreads();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(eventLoop)
                .workerEventLoopGroup(eventLoop)
                .sslContext(MutualTls.serverContext(identity))
                .handshakeTimeout(HANDSHAKE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveTime(SHORTEST_PING_INTERVAL.toSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(PING_AFTER_SILENCE.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(PING_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .maxInboundMetadataSize(LARGEST_METADATA_BYTES);
        Server server = furnish(builder, service, locks, health, calls)
                .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                .build();
        try {
            server.start();
            return new AgentServer(server, health, eventLoop, calls);
        } catch (IOException e) {
            calls.close();
            end(eventLoop);
            throw e;
        }
    }

    /** What the server offers, over whatever transport. */
    static <B extends ServerBuilder<B>> B furnish(
            B builder, BindableService service, ClusterLocks locks, HealthStatusManager health, CallThreads calls) {
        Connections connections = new Connections(locks);
        return builder.executor(calls.prompt())
                .callExecutor(calls)
                .addTransportFilter(connections)
                .addService(ServerInterceptors.intercept(service, connections))
                .addService(health.getHealthService());
    }

    public int port() {
        return server.getPort();
    }

    /** Afterwards new calls are refused; those under way go on. */
    public void stopAccepting() {
        health.enterTerminalState();
        server.shutdown();
    }

    public void awaitEnd() throws InterruptedException {
        server.awaitTermination();
    }

    /** Afterwards every connection is closed. */
    @Override
    public void close() {
        server.shutdownNow();
        calls.close();
        end(eventLoop);
    }

    private static void end(EventLoopGroup eventLoop) {
        eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
