package io.pgherder.controller.wholefile;

import static java.util.Objects.requireNonNull;

/** A file cannot be written. The message is the reason. */
public final class UnwritableException extends Exception {
    private final String reason;
    private final String hint;

    UnwritableException(String reason, String hint) {
        super(reason);
        this.reason = requireNonNull(reason, "reason is null");
        this.hint = requireNonNull(hint, "hint is null");
    }

    /** One line, no full stop. */
    public String reason() {
        return reason;
    }

    /** A question that an operator can answer. */
    public String hint() {
        return hint;
    }
}
