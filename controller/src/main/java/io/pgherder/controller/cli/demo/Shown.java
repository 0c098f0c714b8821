package io.pgherder.controller.cli.demo;

import java.nio.file.Path;

/** Paths as a person would type them from where they stand. */
final class Shown {
    private static final Path HERE = Path.of("").toAbsolutePath();

    private Shown() {}

    /** Relative if it lies below the working directory. */
    static Path path(Path path) {
        return path.startsWith(HERE) ? HERE.relativize(path) : path;
    }
}
