package io.pgherder.controller.topology;

import static java.util.Objects.requireNonNull;

/** A password on its way to an agent. Its text form is a mask, so that it cannot slip into a log, an error or a saved plan. */
public final class Secret {
    private final String value;
    private final String origin;

    public Secret(String value) {
        this(value, "what is declared");
    }

    /** @param origin where it was found, in words: "the secret file /etc/pgherder/rep.password" */
    public Secret(String value, String origin) {
        this.value = requireNonNull(value, "value is null");
        this.origin = requireNonNull(origin, "origin is null");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an empty secret");
        }
    }

    /** The clear text: for the wire only. */
    public String reveal() {
        return value;
    }

    /** Where it was found, in words. */
    public String origin() {
        return origin;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "********";
    }
}
