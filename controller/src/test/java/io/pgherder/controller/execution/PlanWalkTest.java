package io.pgherder.controller.execution;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.sample.Orders;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static org.assertj.core.api.Assertions.assertThat;

class PlanWalkTest {
    private final Step first = step(1, PG1);
    private final Step second = step(2, PG1);
    private final Step other = step(3, PG2);
    private final Step behind = step(4, PG2, 1);
    private final PlanWalk walk = new PlanWalk(List.of(first, second, other, behind));

    @Test
    void ofTheStepsOfOneNodeThatMayStartOnlyTheFirstIsReady() {
        assertThat(walk.ready()).containsExactly(first, other);
    }

    @Test
    void whileAStepOfANodeRunsNoOtherStepOfThatNodeIsReady() {
        walk.started(first);

        assertThat(walk.ready()).containsExactly(other);
    }

    @Test
    void whenANodesStepHasEndedItsNextOneIsReady() {
        walk.started(first);
        walk.started(other);
        walk.ended(first, FakeRunner.done());

        assertThat(walk.ready()).containsExactly(second);
    }

    @Test
    void aStepOfTheSameNodeThatFailedKeepsBackOnlyWhatComesAfterIt() {
        walk.started(first);
        walk.started(other);
        walk.ended(first, FakeRunner.failed("disk full"));
        walk.ended(other, FakeRunner.done());

        assertThat(walk.ready()).containsExactly(second);
        assertThat(walk.failedBefore(behind)).contains(1);
    }

    private static Step step(int number, NodeName node, Integer... after) {
        return new Step(
                number,
                new ReloadSettings(Orders.address(node)),
                Reason.of("because"),
                new TreeSet<>(List.of(after)),
                Optional.empty());
    }
}
