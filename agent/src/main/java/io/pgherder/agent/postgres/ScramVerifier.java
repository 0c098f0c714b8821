package io.pgherder.agent.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What PostgreSQL stores of a password: {@code SCRAM-SHA-256$ITERATIONS:SALT$STORED_KEY:SERVER_KEY}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, section 3</a>
 */
public final class ScramVerifier {
    private static final Pattern FORMAT = Pattern.compile("SCRAM-SHA-256\\$(\\d+):([^$]+)\\$([^:]+):(.+)");
    private static final int KEY_BITS = 256;

    private ScramVerifier() {}

    /** Whether the verifier was made of this password. False also for passwords stored in another way. */
    public static boolean matches(String verifier, String password) {
        Matcher parts = FORMAT.matcher(verifier);
        if (!parts.matches() || password.isEmpty()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(2));
        byte[] storedKey = Base64.getDecoder().decode(parts.group(3));
        try {
            byte[] saltedPassword = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(
                            new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts.group(1)), KEY_BITS))
                    .getEncoded();
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(saltedPassword, "HmacSHA256"));
            byte[] clientKey = hmac.doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
            return MessageDigest.isEqual(MessageDigest.getInstance("SHA-256").digest(clientKey), storedKey);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256 and HMAC", e);
        }
    }
}
