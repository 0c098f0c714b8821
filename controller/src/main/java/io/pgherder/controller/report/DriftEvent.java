package io.pgherder.controller.report;

import java.util.Locale;

/** What may have happened between two runs, with the mark and the words that a person reads of it. */
public enum DriftEvent {
    DIFFERENCE_APPEARED("+", "appeared"),
    DIFFERENCE_VANISHED("-", "vanished"),
    DIFFERENCE_CHANGED("~", "changed"),
    /** Of a node, or a host, something can no longer be compared. */
    UNSEEN("?", "not seen"),
    /** All of it can be compared again. */
    SEEN("=", "seen again"),
    /** The cluster as a whole could not be looked at. */
    CLUSTER_UNSEEN("?", "not seen"),
    CLUSTER_SEEN("=", "seen again"),
    IN_SYNC("=", "in sync"),
    FILE_ADDED("+", "added"),
    FILE_REMOVED("-", "removed"),
    FILE_INVALID("!", "invalid"),
    FILE_VALID("=", "valid"),
    /** Nothing could be compared: a directory is empty, or {@code --limit} names a node that is no more. */
    RUN_FAILED("!", "no run"),
    RUN_RESUMED("=", "run again");

    private final String mark;
    private final String words;

    DriftEvent(String mark, String words) {
        this.mark = mark;
        this.words = words;
    }

    public String mark() {
        return mark;
    }

    public String words() {
        return words;
    }

    /** As scripts have it: {@code difference_appeared}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
