package io.pgherder.controller.plan;

import static java.util.Objects.requireNonNull;

/**
 * What a person should know although no step follows from it.
 *
 * @param text one line, no full stop: "pg1923: slot orders_cdc is not a declared standby's and is left alone"
 */
public record Note(String text, Kind kind) {
    /** What it says of the declared state: a plan without steps says that all is as declared only if every note is an aside. */
    public enum Kind {
        /** Nothing that speaks against it. */
        ASIDE,
        /** Something declared could not be compared. */
        UNSEEN,
        /** Something declared is not in force, and no step can change that. */
        NOT_IN_FORCE,
        /** Steps would change something, and a limit leaves them out. */
        LEFT_OUT
    }

    public Note {
        requireNonNull(text, "text is null");
        requireNonNull(kind, "kind is null");
    }

    static Note of(String text) {
        return new Note(text, Kind.ASIDE);
    }

    static Note unseen(String text) {
        return new Note(text, Kind.UNSEEN);
    }

    static Note leftOut(String text) {
        return new Note(text, Kind.LEFT_OUT);
    }

    Note about(Object subject) {
        return new Note(subject + ": " + text, kind);
    }
}
