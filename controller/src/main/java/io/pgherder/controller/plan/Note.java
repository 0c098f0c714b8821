package io.pgherder.controller.plan;

import static java.util.Objects.requireNonNull;

/**
 * What a person should know although no step follows from it.
 *
 * @param text one line, no full stop: "pg1923: slot orders_cdc is no declared standby's and is left alone"
 * @param unseen whether it tells of something declared that could not be compared: with such a note a plan without steps does not say
 *     that all is as declared
 */
public record Note(String text, boolean unseen) {
    public Note {
        requireNonNull(text, "text is null");
    }

    static Note of(String text) {
        return new Note(text, false);
    }

    static Note unseen(String text) {
        return new Note(text, true);
    }
}
