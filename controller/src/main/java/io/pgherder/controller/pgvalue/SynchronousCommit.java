package io.pgherder.controller.pgvalue;

import java.util.Locale;
import java.util.Set;

/**
 * What a commit waits for, as {@code synchronous_commit} says, beside the standbys that {@code synchronous_standby_names} lists.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT">synchronous_commit</a>
 */
public final class SynchronousCommit {
    public static final String SETTING = "synchronous_commit";

    private static final Set<String> FOR_NOBODY = Set.of("local", "off", "false", "no", "0");
    private static final String IN_MEMORY = "remote_write";

    private SynchronousCommit() {}

    /** @param level as SHOW prints it, or as a file has it */
    public static boolean waitsForStandbys(String level) {
        return !FOR_NOBODY.contains(folded(level));
    }

    /**
     * Whether a commit is acknowledged only when the standbys have it on disk: with remote_write the crash of a standby's host loses it.
     *
     * @param level as SHOW prints it, or as a file has it
     */
    public static boolean waitsForTheirDisks(String level) {
        return waitsForStandbys(level) && !folded(level).equals(IN_MEMORY);
    }

    private static String folded(String level) {
        return level.strip().toLowerCase(Locale.ROOT);
    }
}
