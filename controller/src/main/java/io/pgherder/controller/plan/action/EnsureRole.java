package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Afterwards the role exists with LOGIN and REPLICATION and this password, stored as a SCRAM verifier. */
public record EnsureRole(InstanceAddress instance, Credentials credentials) implements Action {
    public EnsureRole {
        requireNonNull(instance, "instance is null");
        requireNonNull(credentials, "credentials is null");
    }

    @Override
    public String words() {
        return "ensure replication role " + credentials.user();
    }

    /**
     * A running server, but not one that has been restarted for something else: standbys, which are restarted before their primary, may
     * need the role's new password to come back. Whether it runs is known when the step is proposed.
     */
    @Override
    public Set<Condition> needs() {
        return Set.of();
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new RoleReady(node()));
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    @Override
    public List<Object> essence() {
        return List.of(credentials);
    }
}
