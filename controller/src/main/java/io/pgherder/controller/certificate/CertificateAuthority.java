package io.pgherder.controller.certificate;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

import static java.util.Objects.requireNonNull;

/**
 * A certificate authority for one pgherder: what it signs, its agents and its controllers trust, and nothing else. An agent's
 * certificate is good for being a server at its own addresses and a controller's for being a client: neither can play the other.
 *
 * <p>Keys are ECDSA on P-256. The authority lasts {@link #AUTHORITY_LIFE}, what it issues {@link #LEAF_LIFE}.
 */
public final class CertificateAuthority {
    public static final Duration AUTHORITY_LIFE = Duration.ofDays(3652);
    public static final Duration LEAF_LIFE = Duration.ofDays(365);

    /** Certificates are valid from a little before now: clocks of hosts differ. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Identity identity;

    public CertificateAuthority(Identity identity) {
        this.identity = requireNonNull(identity, "identity is null");
    }

    /** A new authority with a new key. */
    public static CertificateAuthority create(String commonName, Instant now) {
        KeyPair keys = newKeys();
        X500Principal name = named(commonName);
        Draft draft = new Draft(name, name, keys, now, AUTHORITY_LIFE);
        draft.add(Extension.basicConstraints, new BasicConstraints(0));
        draft.add(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return new CertificateAuthority(draft.signedBy(keys));
    }

    public Identity identity() {
        return identity;
    }

    public X509Certificate certificate() {
        return identity.certificate();
    }

    /**
     * For an agent.
     *
     * @param addresses what controllers call its host: IP addresses and host names, at least one
     */
    public Identity issueAgent(String host, List<String> addresses, Instant now) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("an agent without an address cannot be recognised: " + host);
        }
        Draft draft = leaf("pgherder agent on " + host, KeyPurposeId.id_kp_serverAuth, now);
        GeneralName[] names =
                addresses.stream().map(CertificateAuthority::alternativeName).toArray(GeneralName[]::new);
        draft.add(Extension.subjectAlternativeName, new GeneralNames(names));
        return draft.signedBy(issuerKeys());
    }

    /** For whoever runs pgherder. */
    public Identity issueController(String person, Instant now) {
        return leaf("pgherder controller of " + person, KeyPurposeId.id_kp_clientAuth, now)
                .signedBy(issuerKeys());
    }

    private Draft leaf(String commonName, KeyPurposeId purpose, Instant now) {
        Draft draft = new Draft(certificate().getSubjectX500Principal(), named(commonName), newKeys(), now, LEAF_LIFE);
        draft.add(Extension.basicConstraints, new BasicConstraints(false));
        draft.add(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        draft.add(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose));
        return draft;
    }

    private KeyPair issuerKeys() {
        return new KeyPair(certificate().getPublicKey(), identity.key());
    }

    private static GeneralName alternativeName(String address) {
        return new GeneralName(IPAddress.isValid(address) ? GeneralName.iPAddress : GeneralName.dNSName, address);
    }

    private static X500Principal named(String commonName) {
        return new X500Principal("CN=\"" + commonName.replace("\\", "").replace("\"", "") + "\"");
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw cannotSign(e);
        }
    }

    private static ProblemsException cannotSign(Exception cause) {
        ProblemsException problem =
                new ProblemsException(Problem.of(CertificateProblem.CANNOT_SIGN, "could not make a certificate")
                        .detail(cause.toString())
                        .hint("does this Java have elliptic curves? try the distribution's OpenJDK 17"));
        problem.initCause(cause);
        return problem;
    }

    /** A certificate that is not signed yet. */
    private static final class Draft {
        private final KeyPair keys;
        private final JcaX509v3CertificateBuilder builder;

        Draft(X500Principal issuer, X500Principal subject, KeyPair keys, Instant now, Duration life) {
            this.keys = keys;
            Instant from = now.minus(CLOCK_DIFFERENCE);
            builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(127, RANDOM).setBit(126),
                    Date.from(from),
                    Date.from(now.plus(life)),
                    subject,
                    keys.getPublic());
        }

        void add(ASN1ObjectIdentifier kind, ASN1Encodable value) {
            boolean critical = kind.equals(Extension.basicConstraints) || kind.equals(Extension.keyUsage);
            try {
                builder.addExtension(kind, critical, value);
            } catch (IOException e) {
                throw cannotSign(e);
            }
        }

        Identity signedBy(KeyPair issuer) {
            try {
                JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
                add(Extension.subjectKeyIdentifier, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
                add(Extension.authorityKeyIdentifier, identifiers.createAuthorityKeyIdentifier(issuer.getPublic()));
                X509Certificate certificate = new JcaX509CertificateConverter()
                        .getCertificate(builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
                return new Identity(certificate, keys.getPrivate());
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw cannotSign(e);
            }
        }
    }
}
