package io.pgherder.agent.inspect;

import io.pgherder.agent.inspect.DirectoryFacts.Content;
import io.pgherder.agent.system.FreeSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands in a data or WAL directory, and whether an instance could be made there. */
final class DirectoryInspection {
    private static final int PERMISSION_BITS = 07777;

    private DirectoryInspection() {}

    static DirectoryFacts dataDir(Path dataDir) {
        Optional<Integer> majorVersion = majorVersion(dataDir);
        Content content = majorVersion.isPresent() ? Content.INSTANCE : contentOf(dataDir);
        return facts(dataDir, content, majorVersion.orElse(0), walTarget(dataDir));
    }

    /** A WAL directory belongs to the instance whose {@code pg_wal} leads there. */
    static DirectoryFacts walDir(Path walDir, Path dataDir) {
        boolean ours = walTarget(dataDir).filter(walDir::equals).isPresent();
        Content content = contentOf(walDir);
        return facts(walDir, ours && content == Content.FOREIGN ? Content.INSTANCE : content, 0, Optional.empty());
    }

    private static DirectoryFacts facts(Path path, Content content, int majorVersion, Optional<Path> walTarget) {
        return new DirectoryFacts(
                path,
                content,
                obstacle(path, content),
                FreeSpace.bytesAt(path),
                device(path),
                content == Content.ABSENT ? 0 : mode(path),
                content == Content.ABSENT ? "" : owner(path),
                majorVersion,
                walTarget);
    }

    /** What it holds, if that is no instance. */
    private static Content contentOf(Path directory) {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Content.ABSENT;
        }
        if (!Files.isDirectory(directory)) {
            return Content.FOREIGN;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty() ? Content.EMPTY : Content.FOREIGN;
        } catch (IOException e) {
            return Content.UNREADABLE;
        }
    }

    private static Optional<Obstacle> obstacle(Path path, Content content) {
        return switch (content) {
            case ABSENT -> obstacleAbove(path);
            case EMPTY ->
                isMountPoint(path)
                        ? Optional.of(new Obstacle(
                                path + " is itself a mount point, where no finished directory can be moved",
                                "declare a directory below it"))
                        : obstacleAbove(path);
            case FOREIGN ->
                Optional.of(new Obstacle(
                        path + whatElseItIs(path),
                        "whose is it? pgherder never removes what it did not make: move it away, or declare another"
                                + " directory"));
            case UNREADABLE ->
                Optional.of(new Obstacle(
                        path + " belongs to " + owner(path) + " and is closed to " + account(),
                        "whose directory is it? the agent's account must be able to read it"));
            case INSTANCE -> Optional.empty();
        };
    }

    private static String whatElseItIs(Path path) {
        if (Files.isDirectory(path)) {
            return " is not empty";
        }
        return Files.exists(path) ? " is not a directory" : " is a link that leads nowhere";
    }

    /** The finished directory is renamed into its parent, so that is what must be writable. */
    private static Optional<Obstacle> obstacleAbove(Path path) {
        Path existing = parent(path);
        while (!Files.exists(existing)) {
            existing = parent(existing);
        }
        if (!Files.isDirectory(existing)) {
            return Optional.of(
                    new Obstacle(existing + " is not a directory", "move it away, or declare a directory elsewhere"));
        }
        if (Files.isWritable(existing) && Files.isExecutable(existing)) {
            return Optional.empty();
        }
        String remedy = owner(existing).equals(account())
                ? "may it be written to? Then  chmod u+wx " + existing
                : "should " + account() + " own it? Then  chown " + account() + " " + existing;
        return Optional.of(new Obstacle(
                existing + " belongs to " + owner(existing) + " and is not writable for " + account(),
                remedy + "  or declare a directory elsewhere"));
    }

    static Optional<Integer> majorVersion(Path dataDir) {
        try {
            return Optional.of(Integer.parseInt(
                    Files.readString(dataDir.resolve("PG_VERSION")).strip()));
        } catch (IOException | NumberFormatException noInstance) {
            return Optional.empty();
        }
    }

    private static Optional<Path> walTarget(Path dataDir) {
        Path wal = dataDir.resolve("pg_wal");
        try {
            return Optional.of(wal.toRealPath());
        } catch (IOException absentOrLeadsNowhere) {
            return linkTarget(wal);
        }
    }

    private static Optional<Path> linkTarget(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException noLink) {
            return Optional.empty();
        }
    }

    private static boolean isMountPoint(Path directory) {
        return !Objects.equals(attribute(directory, "unix:dev"), attribute(parent(directory), "unix:dev"));
    }

    private static long device(Path path) {
        Path existing = path;
        while (!Files.exists(existing)) {
            existing = parent(existing);
        }
        return attribute(existing, "unix:dev").map(device -> (Long) device).orElse(0L);
    }

    private static int mode(Path path) {
        return attribute(path, "unix:mode")
                .map(mode -> ((Integer) mode) & PERMISSION_BITS)
                .orElse(0);
    }

    private static String owner(Path path) {
        return attribute(path, "owner:owner").map(Object::toString).orElse("somebody");
    }

    private static Optional<Object> attribute(Path path, String name) {
        try {
            return Optional.of(Files.getAttribute(path, name));
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static String account() {
        return System.getProperty("user.name");
    }
}
