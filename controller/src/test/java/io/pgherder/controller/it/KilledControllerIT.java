package io.pgherder.controller.it;

import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static void assertWhole(TestCluster cluster) {
        assertThat(cluster.followers("n1")).containsExactly("n2", "n3", "n4");
        assertThat(cluster.followers("n2")).containsExactly("n5");
        assertThat(cluster.home().content())
                .as("no staging directory is left")
                .containsExactly("n1", "n1", "n2", "n2", "n3", "n3", "n4", "n4", "n5", "n5");
        cluster.nodes()
                .forEach(node -> assertThat(cluster.postmasters(node.name()))
                        .as("postmasters of " + node.name())
                        .isEqualTo(1));
        Result plan = cluster.pgherder("plan", "--detailed-exitcode").run();
        assertThat(plan.exitCode()).as(plan.toString()).isZero();
    }
}
