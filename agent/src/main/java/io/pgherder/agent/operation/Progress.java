package io.pgherder.agent.operation;

import static java.util.Objects.requireNonNull;

/**
 * How far an operation is.
 *
 * @param phase "copying", "waiting for the checkpoint"
 * @param totalBytes as far as is known; 0: not known
 */
public record Progress(String phase, long doneBytes, long totalBytes) {
    public Progress {
        requireNonNull(phase, "phase is null");
    }
}
