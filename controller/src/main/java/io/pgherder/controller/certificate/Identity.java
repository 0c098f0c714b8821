package io.pgherder.controller.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/** Who somebody is on the wire, and the key that proves it. */
public record Identity(X509Certificate certificate, PrivateKey key) {
    public Identity {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
    }

    public boolean isSignedBy(X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public boolean isGoodUntil(Instant end) {
        return certificate.getNotAfter().toInstant().isAfter(end);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Identity[" + certificate.getSubjectX500Principal() + "]";
    }
}
