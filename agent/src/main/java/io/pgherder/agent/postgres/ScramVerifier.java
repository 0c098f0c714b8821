package io.pgherder.agent.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PasswordUtil;

/**
 * What PostgreSQL stores of a password: {@code SCRAM-SHA-256$ITERATIONS:SALT$STORED_KEY:SERVER_KEY}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, section 3</a>
 */
public final class ScramVerifier {
    private static final Pattern FORMAT = Pattern.compile("SCRAM-SHA-256\\$(\\d{1,9}):([^$]+)\\$[^:]+:.+");

    private ScramVerifier() {}

    /** Whether the verifier was made of this password. False also for passwords stored in another way. */
    public static boolean matches(String verifier, String password) {
        Matcher parts = FORMAT.matcher(verifier);
        if (!parts.matches() || password.isEmpty()) {
            return false;
        }
        // By the driver, which prepares a password that is not plain ASCII the way the server and libpq do.
        String ofThisOne = PasswordUtil.encodeScramSha256(
                password.toCharArray(),
                Integer.parseInt(parts.group(1)),
                Base64.getDecoder().decode(parts.group(2)));
        return MessageDigest.isEqual(bytes(verifier), bytes(ofThisOne));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
