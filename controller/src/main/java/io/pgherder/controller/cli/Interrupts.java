package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;

/** How a person's Ctrl-C is heard, and SIGTERM, by which another program wishes the same. */
public interface Interrupts {
    /** Until then Ctrl-C ends the process with 130, SIGTERM with 143, and these are its last words. */
    default void sayAtTheEnd(Runnable lastWords) {}

    /** From now on Ctrl-C no longer ends the process; it asks the given object to stop. */
    void redirectTo(Stop stop);
}
