package io.pgherder.agent.operation;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An operation under way.
 *
 * @param operation the verb with all that it was given, secrets included: whoever shows it leaves them out
 */
public record RunningOperation(String id, Operation operation, Instant since, Optional<Progress> progress) {
    public RunningOperation {
        requireNonNull(id, "id is null");
        requireNonNull(operation, "operation is null");
        requireNonNull(since, "since is null");
        requireNonNull(progress, "progress is null");
    }
}
