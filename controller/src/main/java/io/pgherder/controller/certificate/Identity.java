package io.pgherder.controller.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import static java.util.Objects.requireNonNull;

/** Who somebody is on the wire, and the key that proves it. */
public record Identity(X509Certificate certificate, PrivateKey key) {
    public Identity {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Identity[" + certificate.getSubjectX500Principal() + "]";
    }
}
