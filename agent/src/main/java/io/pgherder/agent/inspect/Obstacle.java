package io.pgherder.agent.inspect;

import static java.util.Objects.requireNonNull;

/**
 * Why an instance cannot be made in a directory, or why the directory cannot be looked at.
 *
 * @param what a sentence about the directory, beginning with its path
 * @param hint what would help; may be empty
 */
public record Obstacle(String what, String hint) {
    public Obstacle {
        requireNonNull(what, "what is null");
        requireNonNull(hint, "hint is null");
    }
}
