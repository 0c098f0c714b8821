package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** What {@code pg_controldata} says; {@code state} in its words: "in production", "shut down in recovery". */
public record ControlFile(
        SystemIdentifier systemIdentifier,
        String state,
        int timeline,
        Lsn checkpoint,
        Lsn redo,
        Optional<Lsn> minimumRecoveryEnd,
        boolean dataChecksums,
        boolean walLogHints) {
    public ControlFile {
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        requireNonNull(state, "state is null");
        requireNonNull(checkpoint, "checkpoint is null");
        requireNonNull(redo, "redo is null");
        requireNonNull(minimumRecoveryEnd, "minimumRecoveryEnd is null");
    }
}
