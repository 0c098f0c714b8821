package io.pgherder.controller.topology;

import static java.util.Objects.requireNonNull;

/** Where in a topology something is declared: {@code nodes.pg4.follows}. The reader knows the line of every path. */
public record FieldPath(String text) {
    public FieldPath {
        requireNonNull(text, "text is null");
    }

    public static FieldPath of(String first, Object... more) {
        StringBuilder path = new StringBuilder(first);
        for (Object part : more) {
            path.append('.').append(part);
        }
        return new FieldPath(path.toString());
    }

    public FieldPath child(Object name) {
        return new FieldPath(text.isEmpty() ? name.toString() : text + "." + name);
    }

    // Written out as in NodeName, and for its reason.
    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPath path && path.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
