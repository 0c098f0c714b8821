package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the slot of a node that streams from elsewhere is gone, and keeps no WAL any more.
 *
 * @param streamsFrom the upstream that the follower must be streaming from before its old slot goes
 */
public record DropSlot(InstanceAddress instance, NodeName follower, NodeName streamsFrom) implements Action {
    public DropSlot {
        requireNonNull(instance, "instance is null");
        requireNonNull(follower, "follower is null");
        requireNonNull(streamsFrom, "streamsFrom is null");
    }

    @Override
    public String words() {
        return "drop slot " + follower;
    }

    @Override
    public Set<Condition> needs() {
        return Set.of(new Running(node()), new Streams(follower, streamsFrom));
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
        return List.of(follower);
    }
}
