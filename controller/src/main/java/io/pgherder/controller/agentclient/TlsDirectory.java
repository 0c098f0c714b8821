package io.pgherder.controller.agentclient;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** The controller's certificate, its key, and the authority whose agents it trusts: three PEM files in a directory. */
final class TlsDirectory {
    private static final String AUTHORITY = "ca.crt";
    private static final String CERTIFICATE = "controller.crt";
    private static final String KEY = "controller.key";

    private final Path directory;

    TlsDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * With the native TLS where it loads: of a JVM that has only just started the JDK's handshakes take half the processor time of a look at a
     * thousand agents. It is not there for every platform, nor where the directory for temporary files may hold no programs.
     *
     * @throws ProblemsException with everything that is wrong with the three files
     */
    SslContext clientContext() {
        return clientContext(
                authority -> OpenSsl.isAvailable() && authority.stream().allMatch(TlsDirectory::isOfUsualKind)
                        ? SslProvider.OPENSSL
                        : SslProvider.JDK);
    }

    /** The native TLS checks signatures by RSA and by the curves P-256 and P-384, the JDK's also by P-521 and Ed25519. */
    private static boolean isOfUsualKind(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey
                || (certificate.getPublicKey() instanceof ECPublicKey key
                        && key.getParams().getCurve().getField().getFieldSize() <= 384);
    }

    /** @param provider which TLS it is, by the certificates of the authority */
    SslContext clientContext(Function<List<X509Certificate>, SslProvider> provider) {
        if (!Files.isDirectory(directory)) {
            throw new ProblemsException(noDirectory());
        }
        List<Problem> problems = new ArrayList<>();
        List<X509Certificate> authority = read(AUTHORITY, Pem::certificates, List.of(), problems);
        List<X509Certificate> certificate = read(CERTIFICATE, Pem::certificates, List.of(), problems);
        List<PrivateKey> key = read(KEY, pem -> List.of(Pem.privateKey(pem)), List.of(), problems);
        if (!key.isEmpty()) {
            KeyFile.openToOthers(directory.resolve(KEY)).ifPresent(problems::add);
        }
        if (!key.isEmpty() && !certificate.isEmpty() && !KeyFile.belongsTo(key.get(0), certificate.get(0))) {
            problems.add(notAPair());
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forClient(), provider.apply(authority))
                    .trustManager(authority.toArray(X509Certificate[]::new))
                    .keyManager(key.get(0), certificate.toArray(X509Certificate[]::new))
                    // Never written anywhere: the default type would stretch its throw-away password ten thousand
                    // times.
                    .keyStoreType("JKS")
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ProblemsException(
                    Problem.of(ConnectionProblem.TLS_FILE_INVALID, "cannot use the certificates in " + directory)
                            .detail(String.valueOf(e.getMessage()))
                            .hint("are they what \"openssl\" writes?"));
        }
    }

    private Problem notAPair() {
        return Problem.of(
                        ConnectionProblem.TLS_FILE_INVALID,
                        "the key " + directory.resolve(KEY) + " does not belong to " + CERTIFICATE + " beside it")
                .hint("were the two files made together? Was only one of them renewed?");
    }

    private Problem noDirectory() {
        String what =
                Files.exists(directory) ? directory + " is not a directory" : "there is no directory " + directory;
        return Problem.of(ConnectionProblem.TLS_FILE_UNREADABLE, what)
                .hint("the TLS directory holds " + AUTHORITY + ", " + CERTIFICATE + " and " + KEY
                        + "; --tls or PGHERDER_TLS names it, or \"agents: { tls: DIR }\" in a topology");
    }

    private interface Parser<T> {
        T parse(byte[] pem) throws GeneralSecurityException;
    }

    private <T> T read(String name, Parser<T> parser, T otherwise, List<Problem> problems) {
        Path file = directory.resolve(name);
        try {
            return parser.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            problems.add(Problem.of(ConnectionProblem.TLS_FILE_UNREADABLE, "cannot read " + file + ": " + reason(e))
                    .hint("the TLS directory holds " + AUTHORITY + ", " + CERTIFICATE + " and " + KEY
                            + "; --tls names another one"));
        } catch (GeneralSecurityException e) {
            problems.add(Problem.of(ConnectionProblem.TLS_FILE_INVALID, "cannot use " + file)
                    .detail(String.valueOf(e.getMessage()))
                    .hint("is it PEM, as \"openssl\" writes it?"));
        }
        return otherwise;
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
