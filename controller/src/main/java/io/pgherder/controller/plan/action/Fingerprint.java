package io.pgherder.controller.plan.action;

import io.pgherder.controller.topology.Sha256;
import java.util.List;

/** A short name for what an action does. Passwords are masked in every text form, so none gets in. */
final class Fingerprint {
    private static final int LENGTH = 16;

    private Fingerprint() {}

    static String of(Action action) {
        String canonical = action.verb() + "\n" + place(action.instance()) + "\n" + action.essence();
        return Sha256.of(canonical).substring(0, LENGTH);
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
                instance.configDir(),
                instance.port(),
                instance.superuser());
    }
}
