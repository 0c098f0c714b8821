package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** One node as it was found. */
public sealed interface NodeObservation {
    NodeName node();

    /** There is an instance: its data directory has a PG_VERSION. */
    record Seen(NodeName node, Ground ground, InstanceState instance, List<RunningOperation> operations)
            implements NodeObservation {
        public Seen {
            requireNonNull(node, "node is null");
            requireNonNull(ground, "ground is null");
            requireNonNull(instance, "instance is null");
            operations = List.copyOf(operations);
        }
    }

    /** The agent answered, and there is no instance; what there is instead, the ground says. */
    record Empty(NodeName node, Ground ground, List<RunningOperation> operations) implements NodeObservation {
        public Empty {
            requireNonNull(node, "node is null");
            requireNonNull(ground, "ground is null");
            operations = List.copyOf(operations);
        }
    }

    /** Nothing is known about it, for this reason. */
    record Unreachable(NodeName node, Problem why) implements NodeObservation {
        public Unreachable {
            requireNonNull(node, "node is null");
            requireNonNull(why, "why is null");
        }
    }

    default Optional<Seen> seen() {
        return this instanceof Seen seen ? Optional.of(seen) : Optional.empty();
    }
}
