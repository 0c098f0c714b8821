package io.pgherder.controller.agentclient;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Certificates and keys as text, read with the JDK alone: given files, Netty would load BouncyCastle for them, which costs more time
 * than a whole plan.
 */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String KEY = "PRIVATE KEY-----";

    private Pem() {}

    /** @return at least one */
    static List<X509Certificate> certificates(byte[] pem) throws CertificateException {
        List<X509Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (found.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return found;
    }

    /** An unencrypted PKCS#8 key, elliptic or RSA. */
    static PrivateKey privateKey(byte[] pem) throws GeneralSecurityException {
        String text = new String(pem, US_ASCII);
        int begin = text.indexOf(BEGIN + KEY);
        int end = text.indexOf("-----END " + KEY);
        if (begin < 0 || end < begin) {
            throw new InvalidKeySpecException(
                    text.contains(KEY)
                            ? "its key is not unencrypted PKCS#8 (\"openssl pkcs8 -topk8 -nocrypt\" converts it)"
                            : "no private key in it");
        }
        byte[] key = decode(text.substring(begin + BEGIN.length() + KEY.length(), end));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (InvalidKeySpecException notElliptic) {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        }
    }

    private static byte[] decode(String base64) throws InvalidKeySpecException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("its key is not base64: " + e.getMessage(), e);
        }
    }
}
