package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What {@code pg_controldata} says.
 *
 * @param state in its words: "in production", "shut down in recovery"
 * @param hotStandbyParameters names of settings to what the primary has of them, as of the WAL that a standby has replayed: with less it
 *     does not start. Empty if the agent is too old to tell
 */
public record ControlFile(
        SystemIdentifier systemIdentifier,
        String state,
        int timeline,
        Lsn checkpoint,
        Lsn redo,
        Optional<Lsn> minimumRecoveryEnd,
        boolean dataChecksums,
        boolean walLogHints,
        Map<String, Integer> hotStandbyParameters) {
    public ControlFile {
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        requireNonNull(state, "state is null");
        requireNonNull(checkpoint, "checkpoint is null");
        requireNonNull(redo, "redo is null");
        requireNonNull(minimumRecoveryEnd, "minimumRecoveryEnd is null");
        hotStandbyParameters = Map.copyOf(hotStandbyParameters);
    }

    /** Whether the server that wrote it last was a primary, and was shut down. */
    public boolean isOfAPrimaryShutDown() {
        return state.equals("shut down");
    }

    /** Whether it says that a primary runs: then that crashed, if none does, or somebody has copied it. */
    public boolean isOfARunningPrimary() {
        return state.equals("in production");
    }
}
