package io.pgherder.controller.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The directory of one test cluster, outside the checkout, which the ordinary account may not be able to read. */
public final class TestHome implements AutoCloseable {
    private final Path root;

    TestHome() {
        try {
            root = Files.createTempDirectory(Path.of("/var/tmp"), "pgherder-it");
            // Sockets lie below: their whole path must stay shorter than 108 bytes.
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String name : List.of("agents", "logs", "tls")) {
                Files.createDirectory(path(name));
            }
            Files.createDirectories(sockets());
            for (Path pg : List.of(dataRoot(), walRoot())) {
                Files.createDirectories(pg);
                Files.setPosixFilePermissions(pg, PosixFilePermissions.fromString("rwx------"));
                giveToAccount(pg);
            }
            giveToAccount(sockets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path(String name) {
        return root.resolve(name);
    }

    public Path dataRoot() {
        return path("data01/pg");
    }

    public Path walRoot() {
        return path("data02/pg");
    }

    public Path sockets() {
        return path("run");
    }

    void giveToAccount(Path path) {
        Shell.giveToAccount(path);
        closeToOthers(path.resolve("state"));
        closeToOthers(path.resolve("tls"));
    }

    private static void closeToOthers(Path directory) {
        if (Files.isDirectory(directory)) {
            try {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Names of everything in the two roots, for "nothing is left over". */
    public List<String> content() {
        return Stream.of(dataRoot(), walRoot())
                .flatMap(directory -> Stream.of(Shell.capture(List.of("ls", "-A", directory.toString()), Map.of())
                        .stdout()
                        .split("\n", -1)))
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        Shell.remove(root);
    }
}
