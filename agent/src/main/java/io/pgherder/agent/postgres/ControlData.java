package io.pgherder.agent.postgres;

import static java.util.Objects.requireNonNull;

/**
 * The part of pg_control that pgherder uses.
 *
 * @param systemIdentifier unsigned, as text: "7421903344718816021"
 * @param state "in production", "shut down", "in archive recovery", ...
 * @param timeline the latest that the instance has been on
 * @param minimumRecoveryLsn "0/0" where there was no recovery
 */
public record ControlData(
        String systemIdentifier,
        String state,
        int timeline,
        String checkpointLsn,
        String redoLsn,
        String minimumRecoveryLsn,
        boolean dataChecksums,
        boolean walLogHints,
        int catalogVersion) {
    public ControlData {
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        requireNonNull(state, "state is null");
        requireNonNull(checkpointLsn, "checkpointLsn is null");
        requireNonNull(redoLsn, "redoLsn is null");
        requireNonNull(minimumRecoveryLsn, "minimumRecoveryLsn is null");
    }
}
