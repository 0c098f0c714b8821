package io.pgherder.controller.cli;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * How it went with one of several clusters.
 *
 * @param word under which the summary counts it
 * @param figures what the table of the fleet says of it besides; empty where there is no table, or nothing to say
 */
record Turn(ExitCode code, String word, List<String> figures) {
    Turn {
        requireNonNull(code, "code is null");
        requireNonNull(word, "word is null");
        figures = List.copyOf(figures);
    }

    Turn(ExitCode code, String word) {
        this(code, word, List.of());
    }

    static Turn of(ExitCode code) {
        return new Turn(code, code.word());
    }

    Turn with(String... found) {
        return new Turn(code, word, List.of(found));
    }
}
