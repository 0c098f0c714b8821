package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SlotGone;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the slot of a node that streams from elsewhere, is the primary, or was retired, is gone, and keeps no WAL any more.
 *
 * @param unneeded what must be true before its old slot goes: that it streams from another upstream, or does not run; on itself, and for the
 *     primary, nothing more than that the node with the slot runs
 */
public record DropSlot(InstanceAddress instance, NodeName follower, Condition unneeded) implements Action {
    public DropSlot {
        requireNonNull(instance, "instance is null");
        requireNonNull(follower, "follower is null");
        requireNonNull(unneeded, "unneeded is null");
    }

    @Override
    public String words() {
        return "drop slot " + follower;
    }

    @Override
    public Set<Condition> needs() {
        return Stream.of(new Running(node()), unneeded).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new SlotGone(node(), follower));
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
