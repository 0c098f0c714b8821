package io.pgherder.controller.topology;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How a standby is copied.
 *
 * @param from where from; empty: from its upstream if that runs, else from the primary
 * @param maxRate as {@code pg_basebackup --max-rate} takes it ({@code 50M}); empty: no limit
 * @param fastCheckpoint false: wait for the source's next scheduled checkpoint, which spares its disks
 */
public record CloneSpec(Optional<NodeName> from, Optional<String> maxRate, boolean fastCheckpoint) {
    public static final CloneSpec DEFAULT = new CloneSpec(Optional.empty(), Optional.empty(), true);

    public CloneSpec {
        requireNonNull(from, "from is null");
        requireNonNull(maxRate, "maxRate is null");
    }
}
