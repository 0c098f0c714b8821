package io.pgherder.controller.cli;

import static java.util.Objects.requireNonNull;

/** What a person who presses Ctrl-C before the first change wants to know. */
record LastWords(Surroundings surroundings) implements Runnable {
    LastWords {
        requireNonNull(surroundings, "surroundings is null");
    }

    @Override
    public void run() {
        surroundings.err().print("\nNothing has been changed.\n");
        surroundings.err().flush();
    }
}
