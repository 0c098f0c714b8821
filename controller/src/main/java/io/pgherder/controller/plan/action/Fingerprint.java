package io.pgherder.controller.plan.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name for what an action does. Passwords are masked in every text form, so none gets in. */
final class Fingerprint {
    private static final int BYTES = 8;

    private Fingerprint() {}

    static String of(Action action) {
        String canonical = action.verb() + "\n" + place(action.instance()) + "\n" + action.essence();
        byte[] digest = sha256().digest(canonical.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    /** Without the host's name in the topology: an agent does not know it. */
    private static List<Object> place(InstanceAddress instance) {
        return List.of(
                instance.cluster(),
                instance.node(),
                instance.majorVersion(),
                instance.binDir(),
                instance.dataDir(),
                instance.walDir(),
                instance.port(),
                instance.superuser());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
