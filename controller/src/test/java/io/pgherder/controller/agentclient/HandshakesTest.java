package io.pgherder.controller.agentclient;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.pgherder.controller.certificate.CertificateAuthority;
import io.pgherder.controller.certificate.Identity;
import io.pgherder.controller.certificate.PemFiles;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.DescribeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The same is told of an agent that is not to be talked to, whichever TLS the controller has. */
final class HandshakesTest {
    private static final String HERE = "127.0.0.1";

    private final Instant now = Instant.now();
    private final Instant longAgo = now.minus(CertificateAuthority.LEAF_LIFE.multipliedBy(2));
    private final CertificateAuthority authority = CertificateAuthority.create("test CA", longAgo);
    private final CertificateAuthority stranger = CertificateAuthority.create("another CA", longAgo);

    @TempDir
    private Path directory;

    /** Where one is packed nobody would notice that it is not there any more. */
    @Test
    void theNativeOneIsTakenWhereItIsPacked() {
        assumeTrue(providers().contains(SslProvider.OPENSSL));

        assertThat(new TlsDirectory(ofController(authority, now))
                        .clientContext()
                        .getClass()
                        .getSimpleName())
                .startsWith("OpenSsl");
    }

    /** The JDK's, and the native one on the machines that one is packed for. */
    static List<SslProvider> providers() {
        boolean isPacked = System.getProperty("os.name").equals("Linux")
                && Set.of("amd64", "x86_64", "aarch64").contains(System.getProperty("os.arch"));
        return isPacked ? List.of(SslProvider.JDK, SslProvider.OPENSSL) : List.of(SslProvider.JDK);
    }

    /** Whose certificate somebody shows. */
    enum Shown {
        OURS,
        OUT_OF_DATE,
        STRANGERS
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OURS        | 127.0.0.1 | OURS        | CONNECT-009
            STRANGERS   | 127.0.0.1 | OURS        | CONNECT-005
            OUT_OF_DATE | 127.0.0.1 | OURS        | CONNECT-005
            OURS        | 10.0.1.11 | OURS        | CONNECT-006
            OURS        | 127.0.0.1 | OUT_OF_DATE | CONNECT-007
            OURS        | 127.0.0.1 | STRANGERS   | CONNECT-007
            """)
    void whatIsWrongIsToldByEachAlike(Shown agent, String address, Shown controller, String code) throws IOException {
        Identity shown = authorityOf(agent).issueAgent("db1", List.of(address), issued(agent));
        for (SslProvider provider : providers()) {
            assertTold(provider, shown, authorityOf(controller), issued(controller), code);
        }
    }

    private CertificateAuthority authorityOf(Shown shown) {
        return shown == Shown.STRANGERS ? stranger : authority;
    }

    private Instant issued(Shown shown) {
        return shown == Shown.OUT_OF_DATE ? longAgo : now;
    }

    @Test
    void ofAnAgentWithAKindOfKeyThatTheNativeOneDoesNotKnowThatIsTold() throws Exception {
        assumeTrue(providers().contains(SslProvider.OPENSSL));
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp521r1"));
        KeyPair pair = keys.generateKeyPair();
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                new X500Name("CN=test CA"),
                                BigInteger.ONE,
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(600)),
                                new X500Name("CN=db1"),
                                pair.getPublic())
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.iPAddress, HERE)))
                        .build(new JcaContentSignerBuilder("SHA512withECDSA").build(pair.getPrivate())));

        assertTold(SslProvider.OPENSSL, new Identity(certificate, pair.getPrivate()), authority, now, "CONNECT-005");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whoDoesNotSpeakTlsIsNoAgent(SslProvider provider) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new Thread(() -> greet(other), "another server").start();
            assertThat(told(provider, other.getLocalPort(), authority, now).code())
                    .isEqualTo("CONNECT-008");
        }
    }

    private static void greet(ServerSocket other) {
        try (Socket client = other.accept()) {
            client.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertTold(
            SslProvider provider, Identity agent, CertificateAuthority controllers, Instant issued, String code)
            throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(agent.key(), agent.certificate()), SslProvider.JDK)
                        .trustManager(authority.certificate())
                        .clientAuth(ClientAuth.REQUIRE)
                        .protocols("TLSv1.3")
                        .build())
                .addService(new AgentGrpc.AgentImplBase() {})
                .build()
                .start();
        try {
            Problem problem = told(provider, server.getPort(), controllers, issued);
            assertThat(problem.code()).as(problem.toString()).isEqualTo(code);
            if (code.equals("CONNECT-007")) {
                assertThat(problem.details()).singleElement().asString().matches("its TLS says: [a-z ]+");
            }
        } finally {
            server.shutdownNow();
        }
    }

    private Problem told(SslProvider provider, int port, CertificateAuthority controllers, Instant issued) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(HERE, port)
                .sslContext(new TlsDirectory(ofController(controllers, issued)).clientContext(certificates -> provider))
                .build();
        try {
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> AgentGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(20, TimeUnit.SECONDS)
                            .describe(DescribeRequest.getDefaultInstance()));
            return CallFailure.problem(Orders.host("db1", HERE), failure, Duration.ofSeconds(20));
        } finally {
            channel.shutdownNow();
        }
    }

    private Path ofController(CertificateAuthority controllers, Instant issued) {
        PemFiles.writeCertificate(directory.resolve("ca.crt"), authority.certificate());
        PemFiles.write(directory, "controller", controllers.issueController("alice", issued));
        return directory;
    }
}
