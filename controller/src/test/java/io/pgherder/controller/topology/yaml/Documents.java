package io.pgherder.controller.topology.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the project that the tests of this package keep true. */
final class Documents {
    private Documents() {}

    /** {@code docs/topology.md} and the like, wherever the tests are run from. */
    static Path at(String path) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("inventories"))) {
            root = root.getParent();
            if (root == null) {
                throw new AssertionError("no inventories above " + Path.of("").toAbsolutePath());
            }
        }
        return root.resolve(path);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
