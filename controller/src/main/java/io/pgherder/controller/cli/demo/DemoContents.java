package io.pgherder.controller.cli.demo;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What lies in the demo's directory: what the demo made, by its names; the instances that its agents made, by their records, as long as they
 * are where they were made; and what somebody else has put there, moved there or set aside. Links are looked at, never followed.
 */
final class DemoContents {
    private static final Set<String> OF_LIB =
            Set.of("pgherder", "pgherder-agent-all.jar", "pgherder-agent-all.classes", "archive");
    private static final Set<String> OF_TLS = Set.of("ca.crt", "ca.key", "controller.crt", "controller.key");
    private static final Set<String> OF_AN_AGENT = Set.of("agent.properties", "agent.log", "tls", "state");

    private final DemoHome home;

    DemoContents(DemoHome home) {
        this.home = requireNonNull(home, "home is null");
    }

    /** All that the demo and its agents made, but for the directories around it, the lock and the marker. */
    List<Path> made() throws IOException {
        List<Path> made = new ArrayList<>();
        // Their records go after them. WAL first, which an instance leads to that somebody keeps.
        DemoRecords records = DemoRecords.of(home);
        for (Path place : List.of(home.walRoot(), home.dataRoot())) {
            for (Path directory : children(place, any -> true)) {
                if (records.have(directory) && !isOfOneThatIsKept(directory, records)) {
                    made.add(directory);
                }
            }
        }
        made.addAll(children(home.root(), home.overlay()::equals));
        made.addAll(children(home.lib(), path -> isNamed(path, OF_LIB)));
        made.addAll(children(home.tls(), path -> isNamed(path, OF_TLS)));
        made.addAll(children(home.secrets(), home.password()::equals));
        made.addAll(children(home.sockets(), path -> name(path).startsWith(".s.PGSQL.")));
        for (Path agent : children(home.agents(), DemoContents::isDirectory)) {
            made.addAll(children(agent, path -> isNamed(path, OF_AN_AGENT)));
        }
        return made;
    }

    /** The WAL of an instance that was moved alone: without it that would be worth nothing. */
    private boolean isOfOneThatIsKept(Path wal, DemoRecords records) throws IOException {
        boolean isKept = false;
        for (Path instance : children(home.dataRoot(), path -> isLinkTo(path.resolve("pg_wal"), wal))) {
            if (records.have(instance)) {
                return false;
            }
            isKept = true;
        }
        return isKept;
    }

    /** Whether it is an instance, or the WAL of one: no agent has it on record where it is now. */
    boolean isInstance(Path path) {
        boolean isData = home.dataRoot().equals(path.getParent()) && Files.isRegularFile(path.resolve("PG_VERSION"));
        boolean isWal = home.walRoot().equals(path.getParent()) && isDirectory(path.resolve("archive_status"));
        return isDirectory(path) && (isData || isWal);
    }

    /** Afterwards the directories of the demo that hold nothing more are gone. */
    void removeEmptyDirectories() throws IOException {
        List<Path> directories = new ArrayList<>(children(home.agents(), DemoContents::isDirectory));
        directories.addAll(List.of(home.agents(), home.lib(), home.tls(), home.secrets(), home.sockets()));
        for (Path root : List.of(home.dataRoot(), home.walRoot())) {
            directories.addAll(List.of(root, requireNonNull(root.getParent())));
        }
        for (Path directory : directories) {
            try {
                if (isDirectory(directory)) {
                    Files.delete(directory);
                }
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                // It holds something of somebody else's, or is gone.
            }
        }
    }

    /** What is left of the demo's directory then, but for the lock and the marker: the outermost that somebody else has put there. */
    List<Path> foreign() throws IOException {
        List<Path> foreign = new ArrayList<>();
        for (Path path : children(home.root(), path -> !path.equals(home.lock()) && !path.equals(home.marker()))) {
            addForeign(path, foreign);
        }
        return foreign;
    }

    private void addForeign(Path path, List<Path> foreign) throws IOException {
        boolean ours = Stream.of(home.agents(), home.lib(), home.tls(), home.secrets(), home.sockets())
                        .anyMatch(path::equals)
                || home.dataRoot().startsWith(path)
                || home.walRoot().startsWith(path);
        if (ours && isDirectory(path)) {
            for (Path inside : children(path, any -> true)) {
                addForeign(inside, foreign);
            }
        } else {
            foreign.add(path);
        }
    }

    private static boolean isLinkTo(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).equals(directory);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no link
        }
    }

    /** A draft is on its way to be such a file. */
    private static boolean isNamed(Path path, Set<String> names) {
        String name = name(path);
        return names.contains(name)
                || (name.startsWith(".")
                        && name.endsWith(".draft")
                        && names.contains(name.substring(1, name.length() - 6)));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> children(Path directory, Predicate<Path> which) throws IOException {
        if (!isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(which).sorted().toList();
        }
    }
}
