package io.pgherder.controller.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.testing.AgentProcess;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Agents may die at any time: the same command, run again, goes on, and nothing half made is left. */
class KilledAgentIT {
    private static final int MORE_THAN_ENOUGH_RUNS = 60;
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"db1", "db2"})
    void killedDuringAClone(String host) {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replace("\nnodes:", "\n  clone: { max_rate: 4M }\nnodes:"));
            PgherderCommand apply = cluster.pgherder("apply", "--yes");
            Process running = apply.start();
            Eventually.await("the clone of n2 has begun", SOON, () -> isCopying(cluster));

            cluster.agent(host).kill();
            cluster.agent(host).start();
            apply.finish(running);
            Result again = cluster.pgherder("apply", "--yes").run();

            assertThat(again.exitCode()).as(again.toString()).isZero();
            assertThat(cluster.followers("n1")).containsExactly("n2");
            assertThat(cluster.home().content()).containsExactly("n1", "n1", "n2", "n2");
            assertThat(cluster.postmasters("n1")).isEqualTo(1);
            assertThat(cluster.postmasters("n2")).isEqualTo(1);
        }
    }

    @Test
    void killedAtTheBeginningOfEveryStepOfABuildAndOfAChange() {
        try (TestCluster cluster = TestCluster.pair()) {
            Set<String> interrupted = new LinkedHashSet<>();
            applyKilledAtEveryStep(cluster, interrupted);
            cluster.edit(text -> text.replace("max_connections: 30", "max_connections: 31")
                    .replace(
                            "  - local all all peer\n",
                            "  - local all all peer\n  - host all all 127.0.0.9/32 scram-sha-256\n"));
            applyKilledAtEveryStep(cluster, interrupted);

            assertThat(interrupted)
                    .as("steps at whose beginning the agents were killed")
                    .anyMatch(step -> step.contains("InitPrimary"))
                    .anyMatch(step -> step.contains("CloneStandby"))
                    .anyMatch(step -> step.contains("WriteHba"))
                    .anyMatch(step -> step.contains("RestartInstance"));
            assertThat(cluster.followers("n1")).containsExactly("n2");
            assertThat(cluster.home().content()).containsExactly("n1", "n1", "n2", "n2");
            assertThat(cluster.postmasters("n1")).isEqualTo(1);
            assertThat(cluster.postmasters("n2")).isEqualTo(1);
            assertThat(cluster.sql("n2", "show max_connections")).isEqualTo("31");
            assertThat(cluster.sql("n2", "select count(*) from pg_hba_file_rules where address = '127.0.0.9'"))
                    .isEqualTo("1");
            Result plan = cluster.pgherder("plan", "--detailed-exitcode").run();
            assertThat(plan.exitCode()).as(plan.toString()).isZero();
        }
    }

    /** Kills the agent of a node as each of the node's steps begins, once for each kind of step, until a run is left in peace. */
    private static void applyKilledAtEveryStep(TestCluster cluster, Set<String> interrupted) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < MORE_THAN_ENOUGH_RUNS; i++) {
            int before = seen.size();
            Result run = cluster.pgherder("apply", "--yes", "-o", "json", "--parallel", "1")
                    .killAt(line -> {
                        step(line)
                                .filter(step -> seen.add(step.toString()))
                                .ifPresent(step -> restartAgent(cluster, step));
                        return false;
                    });
            if (seen.size() == before) {
                assertThat(run.exitCode()).as(run.toString()).isZero();
                interrupted.addAll(seen);
                return;
            }
        }
        throw new AssertionError("no end of interruptions: " + seen);
    }

    private record Begun(String action, String node) {}

    private static Optional<Begun> step(String line) {
        if (!line.contains("\"step_started\"")) {
            return Optional.empty();
        }
        JsonObject event = JsonParser.parseString(line).getAsJsonObject();
        return Optional.of(
                new Begun(event.get("action").getAsString(), event.get("node").getAsString()));
    }

    private static void restartAgent(TestCluster cluster, Begun step) {
        AgentProcess agent = cluster.agent(cluster.node(step.node()).host());
        agent.kill();
        agent.start();
    }

    private static boolean isCopying(TestCluster cluster) {
        Path staging = cluster.dataDirectory("n2").resolveSibling("n2.pgherder-staging");
        return Files.exists(staging.resolve("base"));
    }
}
