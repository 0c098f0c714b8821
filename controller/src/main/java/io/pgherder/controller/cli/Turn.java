package io.pgherder.controller.cli;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * How it went with one of several clusters.
 *
 * @param word under which the summary counts it
 * @param isWell whether nothing of it needs a look
 * @param figures what the table of the fleet says of it besides; empty where there is no table, or nothing to say
 */
record Turn(ExitCode code, String word, boolean isWell, List<String> figures) {
    Turn {
        requireNonNull(code, "code is null");
        requireNonNull(word, "word is null");
        figures = List.copyOf(figures);
    }

    /** By the exit code alone. */
    static Turn of(ExitCode code) {
        return new Turn(code, code.word(), code == ExitCode.OK, List.of());
    }

    /** The same, counted under another word. */
    Turn called(String other) {
        return new Turn(code, other, isWell, figures);
    }

    /** The same, with something in it that a person should look at. */
    Turn worthALook() {
        return new Turn(code, word, false, figures);
    }

    Turn with(String... found) {
        return new Turn(code, word, isWell, List.of(found));
    }
}
