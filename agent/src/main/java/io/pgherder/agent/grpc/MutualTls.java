package io.pgherder.agent.grpc;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.pgherder.agent.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/**
 * TLS 1.3 in which both sides show a certificate. A client is let in only with a certificate of the agent's own authority that is meant for
 * clients: the JDK's trust manager refuses an agent's certificate, whose extended key usage names servers only.
 */
final class MutualTls {
    private MutualTls() {}

    static SslContext serverContext(TlsIdentity identity) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .trustManager(identity.authority().toArray(X509Certificate[]::new))
                .clientAuth(ClientAuth.REQUIRE)
                // Never written anywhere: the default type would stretch its throw-away password ten thousand times.
                .keyStoreType("JKS")
                .protocols("TLSv1.3");
        return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    }
}
