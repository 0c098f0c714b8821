package io.pgherder.controller.fleet;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.pgherder.proto.v1.AgentGrpc.AgentImplBase;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Mutual TLS with the certificates of the demo that is up: those of its controller, and of its agent at 127.0.0.1. */
final class DemoTls {
    static final Path HOME = Path.of("/var/tmp/pgherder-demo");
    static final String ADDRESS = "127.0.0.1";
    private static final int AGENT_PORT = 7432;

    private final File authority = file("tls/ca.crt");

    private static File file(String name) {
        return HOME.resolve(name).toFile();
    }

    /** To one of the demo's own agents. */
    ManagedChannel channelTo(String address) throws IOException {
        SslContext tls = GrpcSslContexts.forClient()
                .trustManager(authority)
                .keyManager(file("tls/controller.crt"), file("tls/controller.key"))
                .build();
        return NettyChannelBuilder.forAddress(address, AGENT_PORT)
                .sslContext(tls)
                .build();
    }

    /** One agent's service at so many ports in a row, with the TLS that agents have. */
    Server serve(AgentImplBase agent, int firstPort, int ports) throws IOException {
        SslContext tls = GrpcSslContexts.configure(
                        SslContextBuilder.forServer(file("agents/db1/tls/agent.crt"), file("agents/db1/tls/agent.key")),
                        SslProvider.JDK)
                .trustManager(authority)
                .clientAuth(ClientAuth.REQUIRE)
                .build();
        NettyServerBuilder server = NettyServerBuilder.forAddress(at(firstPort)).sslContext(tls);
        IntStream.range(firstPort + 1, firstPort + ports).forEach(port -> server.addListenAddress(at(port)));
        return server.addService(agent).build().start();
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
