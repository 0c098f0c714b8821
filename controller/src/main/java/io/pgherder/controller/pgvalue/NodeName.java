package io.pgherder.controller.pgvalue;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * The name of one instance in a cluster. It is also the WAL receiver's {@code application_name}, which
 * {@code synchronous_standby_names} compares without regard to case and without checking that it is unique; hence lower case only,
 * and at most 63 bytes (NAMEDATALEN - 1).
 */
public record NodeName(String value) implements Comparable<NodeName> {
    public static final int MAX_BYTES = 63;
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0," + (MAX_BYTES - 1) + "}");

    public NodeName {
        requireNonNull(value, "value is null");
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a node name: \"" + value + "\"");
        }
    }

    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    // Written out: these are keys from the first moment on, and the first generated hashCode of a process takes 25 ms
    // to generate.
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeName name && name.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
