package io.pgherder.agent.tls;

import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Who the agent is and whom it lets in.
 *
 * @param chain the agent's own certificate first
 * @param authority the certificates of the authority whose clients are let in
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authority) {
    public TlsIdentity {
        requireNonNull(key, "key is null");
        chain = List.copyOf(chain);
        authority = List.copyOf(authority);
    }

    /** Adds to {@code problems} whatever is wrong with the files, all of it at once; empty if anything is, or one is not named. */
    public static Optional<TlsIdentity> read(TlsFiles files, Instant now, List<AgentProblem> problems) {
        List<AgentProblem> found = new ArrayList<>();
        Optional<List<X509Certificate>> chain = read("tls_certificate", files.certificate(), Pem::certificates, found);
        Optional<PrivateKey> key = read("tls_key", files.key(), Pem::privateKey, found);
        Optional<List<X509Certificate>> authority = read("tls_ca", files.authority(), Pem::certificates, found);
        chain.ifPresent(certificates -> checkValidity(files.certificate(), certificates.get(0), now, found));
        if (chain.isPresent()
                && key.isPresent()
                && !belongTogether(key.get(), chain.get().get(0))) {
            found.add(AgentProblem.of(TlsProblem.MISMATCH, "tls_key does not belong to tls_certificate")
                    .detail("key: " + files.key())
                    .detail("certificate: " + files.certificate())
                    .hint("were the two files made together?"));
        }
        problems.addAll(found);
        return found.isEmpty() && chain.isPresent() && key.isPresent() && authority.isPresent()
                ? Optional.of(new TlsIdentity(key.get(), chain.get(), authority.get()))
                : Optional.empty();
    }

    /** The end of the agent's own certificate. */
    public Instant validUntil() {
        return chain.get(0).getNotAfter().toInstant();
    }

    private interface Reader<T> {
        T read(Path file) throws IOException, GeneralSecurityException;
    }

    private static <T> Optional<T> read(String name, Path file, Reader<T> reader, List<AgentProblem> problems) {
        if (!TlsFiles.isNamed(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(file));
        } catch (NoSuchFileException e) {
            problems.add(AgentProblem.of(TlsProblem.UNREADABLE, name + " does not exist: " + file));
        } catch (IOException e) {
            problems.add(AgentProblem.of(TlsProblem.UNREADABLE, "could not read " + name + " " + file)
                    .detail(e.getClass().getSimpleName() + ": " + e.getMessage())
                    .hint("may the agent's account read it?"));
        } catch (GeneralSecurityException e) {
            problems.add(AgentProblem.of(TlsProblem.NOT_PEM, "cannot use " + name + " " + file)
                    .detail(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static void checkValidity(
            Path file, X509Certificate certificate, Instant now, List<AgentProblem> problems) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            problems.add(AgentProblem.of(TlsProblem.NOT_VALID_NOW, "tls_certificate is not valid now: " + file)
                    .detail("valid from " + from + " until " + until + ", now it is " + now)
                    .hint("renew the certificate, or is the clock wrong?"));
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        try {
            byte[] sample = {1, 2, 3};
            Signature signing = Signature.getInstance(signatureOf(key));
            signing.initSign(key);
            signing.update(sample);
            byte[] signature = signing.sign();
            Signature checking = Signature.getInstance(signatureOf(key));
            checking.initVerify(certificate.getPublicKey());
            checking.update(sample);
            return checking.verify(signature);
        } catch (GeneralSecurityException differentAlgorithms) {
            return false;
        }
    }

    private static String signatureOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
