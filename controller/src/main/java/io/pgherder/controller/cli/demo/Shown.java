package io.pgherder.controller.cli.demo;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/** Paths as a person would type them from where they stand. */
final class Shown {
    private static final Path HERE = Path.of("").toAbsolutePath();

    private Shown() {}

    /** Relative if it lies below the working directory. */
    static Path path(Path path) {
        return path.startsWith(HERE) ? HERE.relativize(path) : path;
    }

    static String command(Path program) {
        if (HERE.equals(program.getParent())) {
            return "./" + requireNonNull(program.getFileName());
        }
        return program.toString().contains(" ") ? "'" + program + "'" : program.toString();
    }
}
