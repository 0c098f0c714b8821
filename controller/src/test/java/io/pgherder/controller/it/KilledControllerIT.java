package io.pgherder.controller.it;

import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.SomeSteps;
import io.pgherder.controller.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** The controller remembers nothing, so it may die at any time: the same command, run again, goes on. */
class KilledControllerIT {
    private static final int MORE_THAN_ENOUGH_RUNS = 60;
    private static final int KILLED = 128 + 9;

    @Test
    void killedAfterSomeStepsTheSameApplyGoesOnUntilAllIsDone() {
        killedAfter(SomeSteps.oneOf(5), 3);
    }

    @Test
    @Tag("long")
    void killedAfterEveryStepTheSameApplyGoesOnUntilAllIsDone() {
        killedAfter(step -> true, 11);
    }

    /** @param chosen asked about each step that ends, whether the controller is killed there */
    private static void killedAfter(Predicate<String> chosen, int leastKills) {
        try (TestCluster cluster = TestCluster.t5()) {
            List<String> interrupted = new ArrayList<>();
            Result run = killedAtTheEndOfAStep(cluster, chosen);
            while (run.exitCode() == KILLED && interrupted.size() < MORE_THAN_ENOUGH_RUNS) {
                interrupted.add(run.stdout());
                run = killedAtTheEndOfAStep(cluster, chosen);
            }

            assertThat(run.exitCode()).as(chosen + " " + run).isZero();
            assertThat(interrupted)
                    .as("steps at whose end it was killed; %s", chosen)
                    .hasSizeGreaterThanOrEqualTo(leastKills);
            assertWhole(cluster);
        }
    }

    private static Result killedAtTheEndOfAStep(TestCluster cluster, Predicate<String> chosen) {
        return cluster.pgherder("apply", "--yes", "-o", "json", "--parallel", "1")
                .killAt(line -> line.contains("\"step_done\"") && chosen.test(line));
    }

    @Test
    void killedDuringTheClonesTheNextApplyAttachesToThem() {
        try (TestCluster cluster = TestCluster.t5()) {
            cluster.edit(text -> text.replace("\nnodes:", "\n  clone: { max_rate: 2M }\nnodes:"));

            Result killed = cluster.pgherder("apply", "--yes", "-o", "json")
                    .killAt(line -> line.contains("\"step_advanced\"") && line.contains("copying"));
            Result plan = cluster.pgherder("plan").run();
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(killed.exitCode()).as(killed.toString()).isNotZero();
            assertThat(plan.stdout()).contains("already running since");
            assertThat(applied.exitCode()).as(applied.toString()).isZero();
            assertWhole(cluster);
        }
    }
}
