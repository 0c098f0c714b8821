package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;

/**
 * Who may read and write a file beside the account.
 *
 * @param group empty: the one that a new file has anyway
 */
record Access(Set<PosixFilePermission> mode, Optional<GroupPrincipal> group) {
    private static final Set<PosixFilePermission> OF_THE_GROUP = Set.of(GROUP_READ, GROUP_WRITE, GROUP_EXECUTE);
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> EXECUTE = Set.of(OWNER_EXECUTE, GROUP_EXECUTE, OTHERS_EXECUTE);

    /**
     * That of the file, if there is one; else as PostgreSQL makes files in the directory: 0640 where it is 0750, and 0600 where it is 0700;
     * never one that all may read, whatever the directory.
     */
    static Access of(Path file, Path directory) throws IOException {
        if (Directories.exists(file)) {
            PosixFileAttributes attributes =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Access(attributes.permissions(), Optional.of(attributes.group()));
        }
        Set<PosixFilePermission> mode = without(EXECUTE, Files.getPosixFilePermissions(directory));
        return new Access(without(OF_OTHERS, mode), Optional.empty());
    }

    /** Gives it to another file of the account; what was meant for a group that this file cannot have is given to none. */
    void give(Path file) throws IOException {
        boolean sameGroup = group.isEmpty() || giveGroup(group.get(), file);
        Files.setPosixFilePermissions(file, sameGroup ? mode : without(OF_THE_GROUP, mode));
    }

    private static boolean giveGroup(GroupPrincipal group, Path file) {
        try {
            Files.setAttribute(file, "posix:group", group);
            return true;
        } catch (IOException notAMember) {
            return false;
        }
    }

    private static Set<PosixFilePermission> without(
            Set<PosixFilePermission> some, Set<PosixFilePermission> permissions) {
        return permissions.stream()
                .filter(permission -> !some.contains(permission))
                .collect(Collectors.toUnmodifiableSet());
    }
}
