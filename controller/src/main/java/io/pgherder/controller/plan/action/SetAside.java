package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Stopped;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Afterwards the directories of a retired standby stand beside their places under other names, whole. */
public record SetAside(InstanceAddress instance) implements Action {
    public SetAside {
        requireNonNull(instance, "instance is null");
    }

    @Override
    public String words() {
        return "set its directories aside";
    }

    @Override
    public Set<Condition> needs() {
        return Set.of(new Stopped(node()));
    }

    @Override
    public Set<Condition> makes() {
        return Set.of();
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    @Override
    public List<Object> essence() {
        return List.of();
    }
}
