package io.pgherder.controller.report.text;

import java.io.PrintStream;

import static java.util.Objects.requireNonNull;

/** Something shown again and again: in place on a terminal, one after the other in a pipe. */
public final class LiveScreen {
    private final PrintStream out;
    private final boolean terminal;
    private int drawn;

    public LiveScreen(PrintStream out, boolean terminal) {
        this.out = requireNonNull(out, "out is null");
        this.terminal = terminal;
    }

    /** @param text whole lines */
    public void show(String text) {
        if (terminal) {
            // No wrapping: a line that is too long would make the text higher than it is counted.
            String erased = drawn == 0 ? "" : "\u001b[" + drawn + "A\u001b[J";
            out.print("\u001b[?7l" + erased + text + "\u001b[?7h");
            drawn = (int) text.chars().filter(character -> character == '\n').count();
        } else {
            out.print(text);
        }
        out.flush();
    }
}
