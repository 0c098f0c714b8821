package io.pgherder.controller.it;

import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** The controller remembers nothing, so it may die at any time: the same command, run again, goes on. */
class KilledControllerIT {
    private static final int MORE_THAN_ENOUGH_RUNS = 60;
    private static final int KILLED = 128 + 9;

    @Test
    void killedAfterEveryStepTheSameApplyGoesOnUntilAllIsDone() {
        try (TestCluster cluster = TestCluster.t5()) {
            List<String> interrupted = new ArrayList<>();
            Result run = killedAfterOneStep(cluster);
            while (run.exitCode() == KILLED && interrupted.size() < MORE_THAN_ENOUGH_RUNS) {
                interrupted.add(run.stdout());
                run = killedAfterOneStep(cluster);
            }

            assertThat(run.exitCode()).as(run.toString()).isZero();
            assertThat(interrupted).as("steps at whose end it was killed").hasSizeGreaterThan(10);
            assertWhole(cluster);
        }
    }

    private static Result killedAfterOneStep(TestCluster cluster) {
        return cluster.pgherder("apply", "--yes", "-o", "json", "--parallel", "1")
                .killAt(line -> line.contains("\"step_done\""));
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
