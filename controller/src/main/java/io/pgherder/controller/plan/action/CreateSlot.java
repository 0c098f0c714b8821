package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Afterwards the physical replication slot, named after its follower, exists and reserves WAL. */
public record CreateSlot(InstanceAddress instance, NodeName follower) implements Action {
    public CreateSlot {
        requireNonNull(instance, "instance is null");
        requireNonNull(follower, "follower is null");
    }

    @Override
    public String words() {
        return "create slot " + follower;
    }

    @Override
    public Set<Condition> needs() {
        return Set.of(new Running(node()));
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new SlotExists(node(), follower));
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    @Override
    public List<Object> essence() {
        return List.of(follower);
    }
}
