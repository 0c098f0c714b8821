package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Who may do what in a directory of an instance. PostgreSQL takes 0700, and 0750 as {@code initdb --allow-group-access} makes it: with more
 * it does not start.
 *
 * @param bits permissions and what chmod(1) knows beside them, such as the set-group-ID bit
 */
public record DirectoryMode(int bits) {
    private static final String ATTRIBUTE = "unix:mode";
    private static final int ALL = 07777;
    private static final int OPEN = 0027;
    private static final int OF_THE_GROUP = 0070;

    public DirectoryMode {
        if ((bits & ~ALL) != 0) {
            throw new IllegalArgumentException("no mode: " + Integer.toOctalString(bits));
        }
    }

    /** @param directory where it really is: a link is not followed */
    public static DirectoryMode of(Path directory) throws IOException {
        return new DirectoryMode((Integer) Files.getAttribute(directory, ATTRIBUTE, LinkOption.NOFOLLOW_LINKS) & ALL);
    }

    /** Others have no rights at all, and the group may not write. */
    public boolean isClosedToOthers() {
        return (bits & OPEN) == 0;
    }

    /**
     * The same without what PostgreSQL refuses.
     *
     * @param keepGroup whether the group may go on reading. In a data directory that the group can read PostgreSQL makes its files so, too
     */
    public DirectoryMode closedToOthers(boolean keepGroup) {
        return new DirectoryMode(bits & ~OPEN & ~(keepGroup ? 0 : OF_THE_GROUP));
    }

    /** @param directory where it really is: a link that has come there since is refused */
    public void giveTo(Path directory) throws IOException {
        Files.setAttribute(directory, ATTRIBUTE, bits, LinkOption.NOFOLLOW_LINKS);
    }

    /** As chmod(1) takes it: {@code 0755}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04o", bits);
    }
}
