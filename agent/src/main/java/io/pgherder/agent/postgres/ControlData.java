package io.pgherder.agent.postgres;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * The part of pg_control that pgherder uses.
 *
 * @param systemIdentifier unsigned, as text: "7421903344718816021"
 * @param state "in production", "shut down", "in archive recovery", ...
 * @param timeline the latest that the instance has been on
 * @param minimumRecoveryLsn "0/0" where there was no recovery
 * @param hotStandbyParameters names of settings to what its primary has of them, as of the WAL that it has replayed; a primary's own. With
 *     less a standby does not start
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
        int catalogVersion,
        Map<String, Integer> hotStandbyParameters) {
    public ControlData {
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        requireNonNull(state, "state is null");
        requireNonNull(checkpointLsn, "checkpointLsn is null");
        requireNonNull(redoLsn, "redoLsn is null");
        requireNonNull(minimumRecoveryLsn, "minimumRecoveryLsn is null");
        hotStandbyParameters = Collections.unmodifiableMap(new TreeMap<>(hotStandbyParameters));
    }

    /** The same, where a later timeline is known by other means. */
    public ControlData atLeastOn(int other) {
        return new ControlData(
                systemIdentifier,
                state,
                Math.max(timeline, other),
                checkpointLsn,
                redoLsn,
                minimumRecoveryLsn,
                dataChecksums,
                walLogHints,
                catalogVersion,
                hotStandbyParameters);
    }
}
