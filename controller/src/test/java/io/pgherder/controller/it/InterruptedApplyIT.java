package io.pgherder.controller.it;

import io.pgherder.controller.it.drift.Hands;
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

/** Ctrl-C during a clone: once, it ends first; twice, it is cancelled. Or somebody stops a server meanwhile. The same command goes on. */
class InterruptedApplyIT {
    private static final int INCOMPLETE = 5;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEPT_OUT = "host replication rep all reject";
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

    @Test
    void aStandbyIsStoppedByHandRightAfterItsRestart() {
        try (TestCluster cluster = TestCluster.pair()) {
            assertApplied(cluster);
            long primary = cluster.postmasterPid("n1");
            long standby = cluster.postmasterPid("n2");
            Hands hands = new Hands(cluster);
            hands.prepend("n1", "pg_hba.conf", KEPT_OUT);
            hands.reload("n1");
            Running apply = new Running(
                    cluster,
                    text -> text.substring(0, text.indexOf("hba:"))
                            .replace("shared_buffers: 16MB", "shared_buffers: 17MB"));
            Eventually.await("n2 has started anew", SOON, () -> hasStartedAnew(cluster, "n2", standby));

            cluster.pgCtl("stop", "n2");
            assertThat(apply.isUnderWay()).as("it waits for n2 to stream").isTrue();
            Result stopped = apply.finish();

            assertThat(stopped.exitCode()).as(stopped.toString()).isEqualTo(INCOMPLETE);
            assertThat(stopped.stderr().replaceAll(", \\d+\\.\\ds: ", ", in time: "))
                    .isEqualTo("""

                            Applying 4 steps to testing
                              1  n2  write settings: shared_buffers  started
                              1  n2  write settings: shared_buffers  done, in time: written, 13 settings
                              2  n2  restart                         started
                              2  n2  restart                         failed, in time: n2 does not run any more
                              3  n1  write settings: shared_buffers  skipped: step 2 failed
                              4  n1  restart                         skipped: step 2 failed

                            Error: n2 does not run any more  [START-013]

                              n2
                              it was told to shut down
                              its log says: received fast shutdown request
                              Hint: who stopped it, and why? Running the same command again starts it
                            """);
            assertThat(cluster.postmasterPid("n1")).as("not restarted").isEqualTo(primary);
            assertThat(cluster.postmasters().get("n2")).as("stays stopped").isEmpty();
            hands.replace("n1", "pg_hba.conf", KEPT_OUT + "\n", "");
            hands.reload("n1");
            assertThatTheSameCommandGoesOn(cluster);
            assertThat(cluster.sql("n1", "show shared_buffers")).isEqualTo("17MB");
        }
    }

    private static boolean hasStartedAnew(TestCluster cluster, String node, long before) {
        return Files.exists(cluster.dataDirectory(node).resolve("postmaster.pid"))
                && cluster.isReady(node)
                && cluster.postmasterPid(node) != before;
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

        boolean isUnderWay() {
            return process.isAlive();
        }

        Result finish() {
            return apply.finish(process);
        }
    }
}
