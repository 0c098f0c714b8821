package io.pgherder.controller.topology;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How standbys log in to their upstream.
 *
 * @param user the role that standbys and base backups log in as
 * @param slots whether each standby has a physical slot, named like itself, on its upstream
 */
public record ReplicationSpec(String user, Secret password, boolean slots) {
    public ReplicationSpec {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    /** The name of the slot that the standby has on its upstream; empty if it has none. */
    public Optional<String> slotOf(NodeName standby) {
        return slots ? Optional.of(standby.value()) : Optional.empty();
    }
}
