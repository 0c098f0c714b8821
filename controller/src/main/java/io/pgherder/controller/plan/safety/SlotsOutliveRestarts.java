package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server that has logical slots does not start with a wal_level below logical, and one with more slots than max_replication_slots does not
 * start at all. Slots are their consumers', so none is dropped for that.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-MAX-REPLICATION-SLOTS">max_replication_slots</a>
 */
final class SlotsOutliveRestarts implements SafetyCheck {
    private static final String WAL_LEVEL = "wal_level";
    private static final String MAX_REPLICATION_SLOTS = "max_replication_slots";

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.server(node).stream()
                        .flatMap(server -> Stream.of(
                                logicalSlots(situation, node, server), tooManySlots(situation, node, server))))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Problem> logicalSlots(Situation situation, NodeName node, ServerFacts server) {
        List<Slot> logical = lasting(server).filter(slot -> !slot.physical()).toList();
        return Restarted.value(situation, node, WAL_LEVEL, "replica")
                .filter(level -> !level.equalsIgnoreCase("logical") && !logical.isEmpty())
                .map(level -> problem(
                                node, "it has " + Counted.of(logical.size(), "logical slot"), WAL_LEVEL + " = " + level)
                        .detail(names(logical))
                        .hint("declare wal_level: logical as long as somebody needs "
                                + (logical.size() == 1 ? "the slot" : "the slots")));
    }

    private static Optional<Problem> tooManySlots(Situation situation, NodeName node, ServerFacts server) {
        List<Slot> slots = lasting(server).toList();
        return Restarted.tooSmall(situation, node, MAX_REPLICATION_SLOTS, "10", slots.size())
                .map(most -> problem(
                                node,
                                "it has " + Counted.of(slots.size(), "slot"),
                                MAX_REPLICATION_SLOTS + " = " + most)
                        .detail(names(slots))
                        .hint("declare at least " + slots.size() + ", or drop those that nobody needs"));
    }

    private static Stream<Slot> lasting(ServerFacts server) {
        return server.slots().stream().filter(slot -> !slot.temporary());
    }

    private static Problem problem(NodeName node, String why, String setting) {
        return Problem.of(PreflightProblem.SLOTS_IN_THE_WAY, node + " would not start with " + setting + ": " + why)
                .about(node.value());
    }

    private static String names(List<Slot> slots) {
        return slots.stream().map(Slot::name).collect(Collectors.joining(", "));
    }
}
