package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** Ctrl-C during a clone: once, it ends first; twice, it is cancelled. Either way the same command goes on. */
class InterruptedApplyIT {
    private static final int INCOMPLETE = 5;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String STOPPING = "Stopping: no new step starts, running ones finish.";
    private static final String CANCELLING = "Cancelling the running steps. Data stays whole.";

    @Test
    void onceTheRunningCloneEndsAndNothingElseBegins() {
        try (TestCluster cluster = TestCluster.pair()) {
            Running apply = new Running(cluster, at("6M"));
            apply.awaitLine("n2 +clone from n1 +started");

            apply.interrupt(STOPPING);
            Result stopped = apply.finish();

            assertThat(stopped.exitCode()).as(stopped.toString()).isEqualTo(INCOMPLETE);
            assertThat(stopped.stderr()).contains("cloned from n1").contains("skipped: ");
            assertThat(cluster.postmasters().get("n2")).isEmpty();
            assertThatTheSameCommandGoesOn(cluster);
        }
    }

    @Test
    void twiceTheRunningCloneIsCancelledAndLeavesNothing() {
        try (TestCluster cluster = TestCluster.pair()) {
            Running apply = new Running(cluster, at("3M"));
            Path staging = cluster.dataDirectory("n2").resolveSibling("n2.pgherder-staging");
            Eventually.await("the clone of n2 has begun", SOON, () -> Files.exists(staging.resolve("base")));

            apply.interrupt(STOPPING);
            apply.interrupt(CANCELLING);
            Result cancelled = apply.finish();

            assertThat(cancelled.exitCode()).as(cancelled.toString()).isEqualTo(INCOMPLETE);
            assertThat(cancelled.stderr()).containsPattern("n2 +clone from n1 +cancelled");
            assertThat(cluster.home().content()).as("no half-made clone").containsExactly("n1", "n1");
            assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                    .as("programs that went on")
                    .noneMatch(line -> line.contains("pg_basebackup") && line.contains(staging.toString()));
            assertThatTheSameCommandGoesOn(cluster);
        }
    }

    @Test
    void twiceDuringTheRestartOfThePrimaryItRunsAfterwards() {
        try (TestCluster cluster = TestCluster.pair()) {
            assertApplied(cluster);
            Running apply = new Running(cluster, text -> text.replace("max_connections: 30", "max_connections: 31"));
            apply.awaitLine("n1 +restart +started");

            apply.interrupt(STOPPING);
            apply.interrupt(CANCELLING);
            Result cancelled = apply.finish();

            assertThat(cluster.sql("n1", "select 1")).as(cancelled.toString()).isEqualTo("1");
            assertThatTheSameCommandGoesOn(cluster);
        }
    }

    private static UnaryOperator<String> at(String maxRate) {
        return text -> text.replace("\nnodes:", "\n  clone: { max_rate: " + maxRate + " }\nnodes:");
    }

    private static void assertThatTheSameCommandGoesOn(TestCluster cluster) {
        assertApplied(cluster);
        assertWhole(cluster);
    }

    /** An apply under way. */
    private static final class Running {
        private final PgherderCommand apply;
        private final Process process;

        /** @param edit of the topology file, before */
        Running(TestCluster cluster, UnaryOperator<String> edit) {
            cluster.edit(edit);
            apply = cluster.pgherder("apply", "--yes");
            process = apply.start();
        }

        void awaitLine(String pattern) {
            Pattern line = Pattern.compile(pattern);
            Eventually.await(
                    "a line: " + pattern,
                    SOON,
                    () -> line.matcher(apply.errorsSoFar()).find());
        }

        void interrupt(String answer) {
            Shell.runAsTests("kill", "-INT", Long.toString(process.pid()));
            Eventually.await(
                    "it says: " + answer, SOON, () -> apply.errorsSoFar().contains(answer));
        }

        Result finish() {
            return apply.finish(process);
        }
    }
}
