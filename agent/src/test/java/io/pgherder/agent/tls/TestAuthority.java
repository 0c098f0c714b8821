package io.pgherder.agent.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test: P-256, nothing on disk unless asked for. */
public final class TestAuthority {
    private static long serial = 1;

    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private TestAuthority(String name, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    public static TestAuthority named(String name) {
        try {
            KeyPair keys = newKeys();
            JcaX509v3CertificateBuilder builder = certificateFor(name, keys, name, Duration.ofDays(1));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new TestAuthority(name, keys, sign(builder, keys.getPrivate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** As an agent shows it: for servers, naming 127.0.0.1. */
    public TlsIdentity server() {
        return identity("agent", KeyPurposeId.id_kp_serverAuth, Duration.ofDays(1));
    }

    public TlsIdentity client() {
        return identity("controller", KeyPurposeId.id_kp_clientAuth, Duration.ofDays(1));
    }

    public TlsIdentity expiredServer() {
        return identity("agent", KeyPurposeId.id_kp_serverAuth, Duration.ofMinutes(-1));
    }

    public TlsIdentity expiredClient() {
        return identity("controller", KeyPurposeId.id_kp_clientAuth, Duration.ofMinutes(-1));
    }

    private TlsIdentity identity(String commonName, KeyPurposeId purpose, Duration validFor) {
        try {
            KeyPair own = newKeys();
            JcaX509v3CertificateBuilder builder = certificateFor(commonName, own, name, validFor);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            return new TlsIdentity(own.getPrivate(), List.of(sign(builder, keys.getPrivate())), List.of(certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the identity as agent.crt, agent.key and ca.crt. */
    public static TlsFiles write(TlsIdentity identity, Path directory) throws IOException {
        TlsFiles files = new TlsFiles(
                directory.resolve("agent.crt"), directory.resolve("agent.key"), directory.resolve("ca.crt"));
        try {
            Files.writeString(
                    files.certificate(),
                    pem("CERTIFICATE", identity.chain().get(0).getEncoded()));
            Files.writeString(files.key(), pem("PRIVATE KEY", identity.key().getEncoded()));
            Files.writeString(
                    files.authority(),
                    pem("CERTIFICATE", identity.authority().get(0).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return files;
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder certificateFor(
            String commonName, KeyPair keys, String issuer, Duration validFor) {
        Instant until = Instant.now().plus(validFor);
        return new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(serial++),
                Date.from(until.minus(Duration.ofDays(2))),
                Date.from(until),
                new X500Name("CN=" + commonName),
                keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey by)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
    }
}
