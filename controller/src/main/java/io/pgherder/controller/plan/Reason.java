package io.pgherder.controller.plan;

import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Why a step is in a plan: a value that travels to the screen, to logs and to saved plans alike.
 *
 * @param text one line, lower case, no full stop: "no data directory on db4"
 * @param declared where the topology asks for it; a report adds the line
 */
public record Reason(String text, Optional<FieldPath> declared) {
    public Reason {
        requireNonNull(text, "text is null");
        requireNonNull(declared, "declared is null");
    }

    public static Reason of(String text) {
        return new Reason(text, Optional.empty());
    }

    public static Reason declared(FieldPath path, String text) {
        return new Reason(text, Optional.of(path));
    }
}
