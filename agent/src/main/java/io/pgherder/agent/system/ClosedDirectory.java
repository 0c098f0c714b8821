package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * A directory that lets the account no further. Nobody sees what is below it: a look at the file that was wanted would tell a person nothing.
 *
 * @param directory where it really is
 */
record ClosedDirectory(Path directory, String owner, DirectoryMode mode) {
    /** The uppermost one on the way to a file. */
    static Optional<ClosedDirectory> above(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Optional.empty() : above(parent).or(() -> closed(parent));
    }

    private static Optional<ClosedDirectory> closed(Path path) {
        try {
            Path directory = path.toRealPath();
            String owner = Files.getOwner(directory).getName();
            boolean isOpen = owner.equals(account())
                    ? Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OWNER_EXECUTE)
                    : Files.isExecutable(directory);
            return isOpen
                    ? Optional.empty()
                    : Optional.of(new ClosedDirectory(directory, owner, DirectoryMode.of(directory)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    String words() {
        return directory + " belongs to " + owner + " and has mode " + mode;
    }

    boolean isOwn() {
        return owner.equals(account());
    }

    private static String account() {
        return System.getProperty("user.name");
    }
}
