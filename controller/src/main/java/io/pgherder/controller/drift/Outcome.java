package io.pgherder.controller.drift;

/** What became of comparing one node. A node of which something differs differs, whatever of it could not be seen. */
public enum Outcome {
    IN_SYNC("in sync"),
    DIFFERS("differs"),
    NOT_SEEN("not seen");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** As scripts and metrics have it: {@code in_sync}. */
    public String word() {
        return words.replace(' ', '_');
    }
}
