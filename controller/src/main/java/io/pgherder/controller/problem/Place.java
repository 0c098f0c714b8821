package io.pgherder.controller.problem;

import static java.util.Objects.requireNonNull;

/**
 * Where in a file: line and column count from 1.
 *
 * @param file as the user would write it
 */
public record Place(String file, int line, int column) {
    public Place {
        requireNonNull(file, "file is null");
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column count from 1, got " + line + ":" + column);
        }
    }

    /** {@code orders.yaml:21:5}, as compilers and editors write it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
