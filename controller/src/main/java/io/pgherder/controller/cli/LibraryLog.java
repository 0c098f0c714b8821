package io.pgherder.controller.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What libraries log on standard error: traces of what a command says in a sentence anyway. */
final class LibraryLog {
    private LibraryLog() {}

    static void silence() {
        Logger.getLogger("").setLevel(Level.OFF);
    }
}
