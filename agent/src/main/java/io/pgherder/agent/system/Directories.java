package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one can do with directories on a POSIX file system. */
final class Directories {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private Directories() {}

    /** Makes the directory and what is missing above it, readable by the account alone. */
    static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory, PRIVATE);
    }

    /** Makes the directory, which must not be there yet. */
    static void createNewPrivate(Path directory) throws IOException {
        Files.createDirectory(directory, PRIVATE);
    }

    /** Makes what was created, renamed or removed in the directory survive a crash of the host. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The same as a server looks: a link that leads nowhere is nothing. */
    static boolean isThere(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /** Fails where that cannot be told: what is behind a closed or a broken directory is not absent. */
    static boolean exists(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    static boolean isAbsentOrEmpty(Path directory) throws IOException {
        if (!exists(directory)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    /**
     * Which directory it is among those of its file system, also after a rename and after a boot: the number of its inode. Not the number of the
     * device that it is on, which the kernel gives anew: after a boot with the disks found in another order, and with NFS or Btrfs at every mount.
     * Empty text if there is none.
     */
    static String identity(Path directory) throws IOException {
        return exists(directory)
                ? Files.getAttribute(directory, "unix:ino", LinkOption.NOFOLLOW_LINKS)
                        .toString()
                : "";
    }

    static boolean isMountPoint(Path directory) throws IOException {
        Path parent = directory.getParent();
        return parent == null
                || !Objects.equals(
                        Files.getAttribute(directory, "unix:dev", LinkOption.NOFOLLOW_LINKS),
                        Files.getAttribute(parent, "unix:dev"));
    }

    /** Removes the directory and all below it; symbolic links are removed, never followed. */
    static void deleteTree(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
