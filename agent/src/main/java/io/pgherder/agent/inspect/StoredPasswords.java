package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.ScramVerifier;
import io.pgherder.agent.system.Sha256;
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
                Sha256.of(verifier.get() + "\0" + password),
                unknown -> ScramVerifier.matches(verifier.get(), password));
        return same ? PasswordMatch.SAME : PasswordMatch.OTHER;
    }
}
