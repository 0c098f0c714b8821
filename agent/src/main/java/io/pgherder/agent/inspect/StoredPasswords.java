package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What servers store of passwords, compared with those that were asked about. A verifier is made slow to compare, and a look must not be:
 * the answer is remembered, under a digest of the two.
 */
final class StoredPasswords {
    /** More than the roles of one host; a host whose passwords change for years must not keep them all. */
    private static final int MOST = 64;

    private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();

    /** @param verifier as the server stores it; empty: the role has no password */
    PasswordMatch compare(Optional<String> verifier, String password) {
        if (verifier.isEmpty()) {
            return PasswordMatch.ABSENT;
        }
        if (remembered.size() >= MOST) {
            remembered.clear();
        }
        boolean same = remembered.computeIfAbsent(
                digest(verifier.get(), password), unknown -> ScramVerifier.matches(verifier.get(), password));
        return same ? PasswordMatch.SAME : PasswordMatch.OTHER;
    }

    private static String digest(String verifier, String password) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((verifier + "\0" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
