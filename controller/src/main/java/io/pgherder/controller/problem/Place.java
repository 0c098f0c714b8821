package io.pgherder.controller.problem;

import static java.util.Objects.requireNonNull;

/**
 * Where in a file: line and column count from 1.
 *
 * @param file as the user would write it
 * @param lineText that line as it stands in the file, to be shown with a caret under the column; empty if it is not to be shown
 */
public record Place(String file, int line, int column, String lineText) {
    public Place {
        requireNonNull(file, "file is null");
        requireNonNull(lineText, "lineText is null");
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column count from 1, got " + line + ":" + column);
        }
    }

    public Place(String file, int line, int column) {
        this(file, line, column, "");
    }

    /** {@code orders.yaml:21:5}, as compilers and editors write it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
