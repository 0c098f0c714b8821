package io.pgherder.controller.certificate;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Certificates and keys as PEM files: {@code NAME.crt} is for everybody to read, {@code NAME.key} (PKCS#8) for its owner alone. A file
 * is written beside its place and renamed, so that nobody ever reads half of one.
 */
public final class PemFiles {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemFiles() {}

    /** Afterwards {@code name.key} and {@code name.crt} in the directory hold this identity. */
    public static void write(Path directory, String name, Identity identity) {
        // The key first: where there is a certificate, there is its key.
        write(directory.resolve(name + ".key"), "PRIVATE KEY", identity.key().getEncoded(), "rw-------");
        writeCertificate(directory.resolve(name + ".crt"), identity.certificate());
    }

    public static void writeCertificate(Path file, X509Certificate certificate) {
        try {
            write(file, "CERTIFICATE", certificate.getEncoded(), "rw-r--r--");
        } catch (GeneralSecurityException e) {
            throw failed(CertificateProblem.CANNOT_WRITE, "could not write " + file, e);
        }
    }

    /** Reads what {@link #write(Path, String, Identity)} wrote. */
    public static Identity read(Path directory, String name) {
        Path certificate = directory.resolve(name + ".crt");
        Path key = directory.resolve(name + ".key");
        return new Identity(readCertificate(certificate), readKey(key));
    }

    private static X509Certificate readCertificate(Path file) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (IOException | GeneralSecurityException e) {
            throw failed(CertificateProblem.CANNOT_READ, "could not read the certificate " + file, e);
        }
    }

    private static PrivateKey readKey(Path file) {
        try {
            String base64 = Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw failed(CertificateProblem.CANNOT_READ, "could not read the key " + file, e);
        }
    }

    private static void write(Path file, String label, byte[] encoded, String mode) {
        String text =
                "-----BEGIN " + label + "-----\n" + BASE64.encodeToString(encoded) + "\n-----END " + label + "-----\n";
        Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(CertificateProblem.CANNOT_WRITE, "could not write " + file, e);
        }
    }

    private static ProblemsException failed(CertificateProblem code, String summary, Exception cause) {
        ProblemsException failure =
                new ProblemsException(Problem.of(code, summary).detail(cause.toString()));
        failure.initCause(cause);
        return failure;
    }
}
