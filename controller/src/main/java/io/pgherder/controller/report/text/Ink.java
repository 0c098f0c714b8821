package io.pgherder.controller.report.text;

/** Colour, or none. Whether a stream takes colour is decided once, at the command line. */
public enum Ink {
    PLAIN,
    COLOUR;

    private static final String RESET = "\u001b[0m";

    /** For what has gone wrong. */
    public String red(String text) {
        return paint("\u001b[1;31m", text);
    }

    /** For what needs attention. */
    public String yellow(String text) {
        return paint("\u001b[33m", text);
    }

    /** For what is as it should be. */
    public String green(String text) {
        return paint("\u001b[32m", text);
    }

    /** For what carries the sentence. */
    public String bold(String text) {
        return paint("\u001b[1m", text);
    }

    /** For what is there to be looked up. */
    public String dim(String text) {
        return paint("\u001b[2m", text);
    }

    private String paint(String start, String text) {
        return this == PLAIN || text.isEmpty() ? text : start + text + RESET;
    }
}
