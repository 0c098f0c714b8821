package io.pgherder.controller.agentclient;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ShellCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/** What must be true of the controller's private key, beside that it can be read: whoever has it commands every agent. */
final class KeyFile {
    private static final byte[] SAMPLE = {1, 2, 3};

    private KeyFile() {}

    /** Why the file is not as closed as a key must be; like a password's, it is for its owner alone. */
    static Optional<Problem> openToOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            String words = PosixFilePermissions.toString(permissions);
            boolean isRoots = Files.getOwner(file).getName().equals("root");
            // As libpq judges a key: one of root's may be read by its group.
            return words.endsWith("------") || (isRoots && words.substring(3).matches("r?-----"))
                    ? Optional.empty()
                    : Optional.of(
                            Problem.of(ConnectionProblem.TLS_FILE_INVALID, "the key " + file + " is open to others")
                                    .detail("its permissions are " + words + ", and should be rw-------")
                                    .hint(ShellCommand.of("chmod", "600", file.toString())));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // gone again, or permissions are unknown here
        }
    }

    /** Whether the key proves the certificate. */
    static boolean belongsTo(PrivateKey key, X509Certificate certificate) {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(SAMPLE);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(certificate.getPublicKey());
            checking.update(SAMPLE);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException differentAlgorithms) {
            return false;
        }
    }
}
