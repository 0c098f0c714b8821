package io.pgherder.controller.pgvalue;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * The name of one instance in a cluster. It is also the walreceiver's {@code application_name}, which
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

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
