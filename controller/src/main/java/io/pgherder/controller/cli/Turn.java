package io.pgherder.controller.cli;

import static java.util.Objects.requireNonNull;

/**
 * How it went with one of several clusters.
 *
 * @param word under which the summary counts it
 */
record Turn(ExitCode code, String word) {
    Turn {
        requireNonNull(code, "code is null");
        requireNonNull(word, "word is null");
    }

    static Turn of(ExitCode code) {
        return new Turn(code, code.word());
    }
}
