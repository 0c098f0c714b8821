package io.pgherder.controller.plan.action;

import io.pgherder.controller.topology.ReplicationSpec;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.Topology;

import static java.util.Objects.requireNonNull;

/** A role and its password, which no text form shows. */
public record Credentials(String user, Secret password) {
    public Credentials {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    /** The replication role. */
    public static Credentials of(Topology topology) {
        return of(topology.replication());
    }

    public static Credentials of(ReplicationSpec replication) {
        return new Credentials(replication.user(), replication.password());
    }
}
