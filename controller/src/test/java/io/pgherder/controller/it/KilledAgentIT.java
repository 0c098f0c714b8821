package io.pgherder.controller.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.testing.AgentProcess;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.SomeSteps;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestCluster.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** Agents may die at any time: the same command, run again, goes on, and nothing half made is left. */
class KilledAgentIT {
    private static final int MORE_THAN_ENOUGH_RUNS = 60;
    private static final Pattern SETTLED =
            Pattern.compile("\\b(initializing|starting|cloning) \\w+ \\(\\S+\\) was interrupted, and settled");
    private static final Duration SOON = Duration.ofSeconds(60);
    /** A controller pings a silent agent after 10 s, and closes the connection 5 s later. */
    private static final Duration LONG_ENOUGH_TO_HANG_UP = Duration.ofSeconds(17);

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
            assertApplied(cluster);
            assertWhole(cluster);
        }
    }

    @Test
    @Tag("long")
    void oneWithoutAStepThatIsSilentForAWhileDuringACloneDoesNotEndTheApply() throws Exception {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replace("\nnodes:", "\n  clone: { max_rate: 700k }\nnodes:"));
            PgherderCommand apply = cluster.pgherder("apply", "--yes");
            Process running = apply.start();
            Eventually.await("the clone of n2 has begun", SOON, () -> isCopying(cluster));

            cluster.agent("db1").pause();
            Thread.sleep(LONG_ENOUGH_TO_HANG_UP.toMillis());
            cluster.agent("db1").resume();
            assertThat(isCopying(cluster)).isTrue();
            Result applied = apply.finish(running);

            assertThat(applied.exitCode()).as(applied.toString()).isZero();
            assertWhole(cluster);
        }
    }

    @Test
    void killedInSomeStepsOfABuild() {
        SomeSteps some = SomeSteps.oneOf(5);
        try (TestCluster cluster = TestCluster.t5()) {
            KilledInTurn build = new KilledInTurn(cluster, Begun::step, some);
            build.applyUntilLeftInPeace();

            assertThat(build.killedIn()).as("%s", some).hasSizeGreaterThanOrEqualTo(3);
            assertWhole(cluster);
        }
    }

    @Test
    @Tag("long")
    void killedInEveryStepOfABuildAndInEveryKindOfStepOfAChange() {
        try (TestCluster cluster = TestCluster.t5()) {
            KilledInTurn build = new KilledInTurn(cluster, Begun::step, step -> true);
            build.applyUntilLeftInPeace();
            KilledInTurn change = new KilledInTurn(cluster, Begun::action, step -> true);
            cluster.edit(text -> text.replace("max_connections: 30", "max_connections: 31")
                    .replace(
                            "  - local all all peer\n",
                            "  - local all all peer\n  - host all all 127.0.0.9/32 scram-sha-256\n"));
            change.applyUntilLeftInPeace();

            assertThat(build.killedIn())
                    .as("every step of T5; a standby whose agent was killed amid following has its settings to reload")
                    .filteredOn(step -> !step.endsWith(": reload"))
                    .hasSize(18);
            assertThat(change.killedIn()).contains("WriteSettings", "WriteHba", "RestartInstance");
            assertThat(interrupted(cluster))
                    .as("operations amid which it was killed: of the short ones some had ended by then")
                    .contains("initializing", "starting", "cloning");
            for (Node node : cluster.nodes()) {
                assertThat(cluster.sql(node.name(), "show max_connections")).isEqualTo("31");
                assertThat(cluster.sql(
                                node.name(), "select count(*) from pg_hba_file_rules where address = '127.0.0.9'"))
                        .isEqualTo("1");
            }
            assertWhole(cluster);
        }
    }

    /** What agents found in their journals when they started, of what takes long. */
    private static Set<String> interrupted(TestCluster cluster) {
        return cluster.agents().stream()
                .flatMap(agent -> SETTLED.matcher(agent.log()).results())
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
    }

    /** One agent after the other killed and started again, each time in another step. */
    private static final class KilledInTurn {
        private final TestCluster cluster;
        private final Function<Begun, String> name;
        private final Predicate<String> chosen;
        private final Set<String> met = new HashSet<>();
        private final Set<String> killedIn = new LinkedHashSet<>();
        private final Map<String, Set<Long>> running = new HashMap<>();

        /**
         * @param name steps of the same name are as one: the agent is killed in the first of them
         * @param chosen asked about each name once, whether the agent is killed in it at all
         */
        KilledInTurn(TestCluster cluster, Function<Begun, String> name, Predicate<String> chosen) {
            this.cluster = cluster;
            this.name = name;
            this.chosen = chosen;
        }

        Set<String> killedIn() {
            return killedIn;
        }

        /** The same apply again and again, until it has met no step to be killed in. */
        void applyUntilLeftInPeace() {
            for (int i = 0; i < MORE_THAN_ENOUGH_RUNS; i++) {
                int before = killedIn.size();
                Result run = cluster.pgherder("apply", "--yes", "-o", "json", "--parallel", "1")
                        .killAt(this::killAgentInANewStep);
                Eventually.await(
                        chosen + " has left nothing half made after " + run,
                        Duration.ofSeconds(10),
                        () -> cluster.home().content().stream().noneMatch(name -> name.contains("staging")));
                assertNobodyWasTouched(run);
                if (killedIn.size() == before) {
                    assertThat(run.exitCode()).as(chosen + " " + run).isZero();
                    return;
                }
            }
            throw new AssertionError("no end of interruptions: " + killedIn);
        }

        /** The controller lives on. */
        private boolean killAgentInANewStep(String line) {
            Begun.in(line).filter(this::isItsTurn).ifPresent(step -> {
                killedIn.add(name.apply(step));
                AgentProcess agent = cluster.agent(cluster.node(step.node()).host());
                Eventually.await(step + " has begun", SOON, () -> agent.hasBegun(step.operation()));
                cluster.postmasters().forEach((node, pids) -> {
                    if (!pids.isEmpty()) {
                        running.putIfAbsent(node, pids);
                    }
                });
                agent.kill();
                agent.start();
                assertThat(cluster.abandoned()).as("after " + step).isEmpty();
                assertThat(cluster.postmasters().values()).as("after " + step).allMatch(pids -> pids.size() <= 1);
            });
            return false;
        }

        private boolean isItsTurn(Begun step) {
            return met.add(name.apply(step)) && chosen.test(name.apply(step));
        }

        /** Whoever ran at a kill still does, but for those that the run has restarted. */
        private void assertNobodyWasTouched(Result run) {
            run.stdout()
                    .lines()
                    .flatMap(line -> Begun.in(line).stream())
                    .filter(step -> step.action().equals("RestartInstance"))
                    .forEach(step -> running.remove(step.node()));
            assertThat(cluster.postmasters()).as(run.toString()).containsAllEntriesOf(running);
        }
    }

    private record Begun(String operation, String node, String action, String words) {
        static Optional<Begun> in(String line) {
            if (!line.contains("\"step_started\"")) {
                return Optional.empty();
            }
            JsonObject event = JsonParser.parseString(line).getAsJsonObject();
            return Optional.of(new Begun(
                    event.get("operation").getAsString(),
                    event.get("node").getAsString(),
                    event.get("action").getAsString(),
                    event.get("words").getAsString()));
        }

        String step() {
            return node + ": " + words;
        }
    }

    private static boolean isCopying(TestCluster cluster) {
        Path staging = cluster.dataDirectory("n2").resolveSibling("n2.pgherder-staging");
        return Files.exists(staging.resolve("base"));
    }
}
