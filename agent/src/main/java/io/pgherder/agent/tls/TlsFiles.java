package io.pgherder.agent.tls;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * Where the agent's TLS material lies, all of it PEM.
 *
 * @param certificate the agent's certificate, followed by intermediate ones if there are any
 * @param key its private key, PKCS#8 ("BEGIN PRIVATE KEY"), EC or RSA, not encrypted
 * @param authority the certificates whose clients are let in; nobody else's are
 */
public record TlsFiles(Path certificate, Path key, Path authority) {
    public TlsFiles {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
        requireNonNull(authority, "authority is null");
    }

    /** False for one that is missing in the configuration, or relative, which has been said by then. */
    static boolean isNamed(Path file) {
        return file.isAbsolute();
    }
}
