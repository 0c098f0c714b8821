package io.pgherder.agent.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.pgherder.agent.lock.ClusterLocks;
import io.pgherder.agent.tls.TestAuthority;
import io.pgherder.agent.tls.TlsIdentity;
import io.pgherder.proto.v1.AgentGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MutualTlsTest {
    private final TestAuthority authority = TestAuthority.named("our CA");
    private final TestAuthority stranger = TestAuthority.named("another CA");

    @TempDir
    private Path directory;

    private AgentServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = AgentServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                authority.server(),
                new AgentGrpc.AgentImplBase() {},
                new ClusterLocks(directory, System::nanoTime, Clock.systemUTC()));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aClientOfOurAuthorityIsLetIn() throws SSLException {
        assertThat(healthSeenBy(authority.client(), "TLSv1.3")).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void aClientOfAnotherAuthorityIsRefused() {
        TlsIdentity theirs = stranger.client();
        assertRefused(
                new TlsIdentity(theirs.key(), theirs.chain(), authority.client().authority()), "TLSv1.3");
    }

    @Test
    void anAgentsOwnCertificateDoesNotLetAClientIn() {
        assertRefused(authority.server(), "TLSv1.3");
    }

    @Test
    void anExpiredCertificateDoesNotLetAClientIn() {
        assertRefused(authority.expiredClient(), "TLSv1.3");
    }

    @Test
    void anOlderTlsIsRefused() {
        assertRefused(authority.client(), "TLSv1.2");
    }

    @Test
    void aClientWithoutACertificateIsRefused() {
        assertThatThrownBy(() -> health(NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                        .sslContext(GrpcSslContexts.configure(
                                        SslContextBuilder.forClient().trustManager(authority.certificate()),
                                        SslProvider.JDK)
                                .build())
                        .build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("UNAVAILABLE");
    }

    @Test
    void plainTextIsRefused() {
        ChannelCredentials plain = InsecureChannelCredentials.create();
        assertThatThrownBy(() -> health(NettyChannelBuilder.forAddress("127.0.0.1", server.port(), plain)
                        .build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("UNAVAILABLE");
    }

    private void assertRefused(TlsIdentity identity, String protocol) {
        assertThatThrownBy(() -> healthSeenBy(identity, protocol))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("UNAVAILABLE");
    }

    private ServingStatus healthSeenBy(TlsIdentity identity, String protocol) throws SSLException {
        SslContextBuilder client = SslContextBuilder.forClient()
                .keyManager(identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .trustManager(identity.authority().toArray(X509Certificate[]::new));
        return health(NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .sslContext(GrpcSslContexts.configure(client, SslProvider.JDK)
                        .protocols(protocol)
                        .build())
                .build());
    }

    private static ServingStatus health(ManagedChannel channel) {
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        } finally {
            channel.shutdownNow();
        }
    }
}
