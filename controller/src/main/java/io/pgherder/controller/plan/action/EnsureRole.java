package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
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

    @Override
    public Set<Condition> needs() {
        return Set.of(new Running(node()));
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
