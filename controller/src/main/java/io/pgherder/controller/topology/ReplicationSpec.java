package io.pgherder.controller.topology;

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
}
