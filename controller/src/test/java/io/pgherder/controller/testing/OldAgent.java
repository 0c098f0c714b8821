package io.pgherder.controller.testing;

import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.DirectoryFacts;
import io.pgherder.proto.v1.HostFacts;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** An agent of a version before the first, in the place of a real one that does not run: it can look, and do nothing. */
public final class OldAgent extends AgentGrpc.AgentImplBase implements AutoCloseable {
    private final Server server;

    private OldAgent(AgentProcess place) throws IOException {
        Path tls = place.tls();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(place.address(), place.port()))
                .sslContext(GrpcSslContexts.forServer(
                                tls.resolve("agent.crt").toFile(),
                                tls.resolve("agent.key").toFile())
                        .trustManager(tls.resolve("ca.crt").toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .protocols("TLSv1.3")
                        .build())
                .addService(this)
                .build()
                .start();
    }

    public static OldAgent inThePlaceOf(AgentProcess agent) {
        agent.stop();
        try {
            return new OldAgent(agent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void observe(ObserveRequest request, StreamObserver<ObserveResponse> answer) {
        ObserveResponse.Builder response = ObserveResponse.newBuilder()
                .setHost(HostFacts.newBuilder().setAgentVersion("0.0.9").setClockMs(System.currentTimeMillis()));
        request.getInstancesList()
                .forEach(query -> response.addInstances(InstanceSnapshot.newBuilder()
                        .setNode(query.getInstance().getNode())
                        .setDataDir(DirectoryFacts.newBuilder()
                                .setContent(DirectoryFacts.Content.ABSENT)
                                .setUsable(true))));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
