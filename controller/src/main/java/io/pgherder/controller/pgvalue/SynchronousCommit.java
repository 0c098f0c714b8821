package io.pgherder.controller.pgvalue;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a commit waits for, as {@code synchronous_commit} says, beside the standbys that {@code synchronous_standby_names} lists. Weakest
 * first.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT">synchronous_commit</a>
 */
public enum SynchronousCommit {
    OFF("commits do not even wait for the primary's own disk"),
    LOCAL("commits wait for no standby"),
    REMOTE_WRITE("an acknowledged commit may be lost when the standby's host crashes: it is not yet on its disk"),
    ON(""),
    REMOTE_APPLY("");

    public static final String SETTING = "synchronous_commit";

    private final String weakness;

    SynchronousCommit(String weakness) {
        this.weakness = weakness;
    }

    /**
     * Empty for what this version does not know.
     *
     * @param level as SHOW prints it, or as a file has it
     */
    public static Optional<SynchronousCommit> parse(String level) {
        return BooleanText.word(level)
                .map(isOn -> isOn ? ON : OFF)
                .or(() -> Arrays.stream(values())
                        .filter(each -> each.name().equalsIgnoreCase(level))
                        .findFirst());
    }

    /** Why a commit is acknowledged before the standbys have it on disk; empty if it is not. */
    public Optional<String> weakness() {
        return Optional.of(weakness).filter(why -> !why.isEmpty());
    }

    /** @param level as SHOW prints it, or as a file has it; one that is not known is not taken for weak */
    public static boolean waitsForStandbys(String level) {
        return parse(level).orElse(ON).compareTo(LOCAL) > 0;
    }

    /**
     * Whether a commit is acknowledged only when the standbys have it on disk: with remote_write the crash of a standby's host loses it.
     *
     * @param level as SHOW prints it, or as a file has it; one that is not known is not taken for weak
     */
    public static boolean waitsForTheirDisks(String level) {
        return parse(level).orElse(ON).weakness().isEmpty();
    }
}
