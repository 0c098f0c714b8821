package io.pgherder.controller.cli.demo;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths as a person would type them from where they stand. */
final class Shown {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,-]+");
    private static final Path HERE = Path.of("").toAbsolutePath();

    private Shown() {}

    /** Relative if it lies below the working directory. */
    static Path path(Path path) {
        return path.startsWith(HERE) ? HERE.relativize(path) : path;
    }

    static String command(Path program) {
        return HERE.equals(program.getParent())
                ? "./" + word(String.valueOf(program.getFileName()))
                : word(program.toString());
    }

    /** So that a shell takes it for one word. */
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
