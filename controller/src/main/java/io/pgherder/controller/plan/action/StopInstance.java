package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Stopped;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the instance does not run.
 *
 * @param impact a primary's stop pauses writes
 */
public record StopInstance(InstanceAddress instance, Impact impact) implements Action {
    public StopInstance {
        requireNonNull(instance, "instance is null");
        requireNonNull(impact, "impact is null");
    }

    @Override
    public String words() {
        return "stop";
    }

    @Override
    public Set<Condition> needs() {
        return Set.of();
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new Stopped(node()));
    }

    @Override
    public List<Object> essence() {
        return List.of();
    }
}
