package io.pgherder.controller.plan;

import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class FirstClusterTest {
    private final Planner planner = new Planner();

    @Test
    void fromNothingT5IsClonedAtOnceAndItsCascadeAttachedAfterwards() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());

        Plan plan = planner.plan(cluster.topology(), cluster.observe());

        assertThat(plan.refusals()).isEmpty();
        assertThat(lines(plan)).isEqualTo("""
                1 pg1921 initialize a new primary after []
                2 pg1921 start as the primary after [1]
                3 pg1921 ensure replication role rep after [2]
                4 pg1921 create slot pg1922 after [2]
                5 pg1921 create slot pg1923 after [2]
                6 pg1921 create slot pg1924 after [2]
                7 pg1921 create slot pg1925 after [2]
                8 pg1922 clone from pg1921 after [3, 4, 5, 6, 7]
                9 pg1923 clone from pg1921 after [3, 4, 5, 6, 7]
                10 pg1924 clone from pg1921 after [3, 4, 5, 6, 7]
                11 pg1925 clone from pg1921 after [3, 4, 5, 6, 7]
                12 pg1922 start, streaming from pg1921 after [8]
                13 pg1923 start, streaming from pg1921 after [9]
                14 pg1924 start, streaming from pg1921 after [10]
                15 pg1925 start, streaming from pg1921 after [11]
                16 pg1922 create slot pg1925 after [12]
                17 pg1925 follow pg1922 after [15, 16]
                18 pg1921 drop slot pg1925 after [17]
                """);
    }

    @Test
    void carriedOutThereIsNothingLeftToDo() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());

        planner.plan(cluster.topology(), cluster.observe()).steps().forEach(step -> cluster.execute(step.action()));

        assertThat(planner.plan(cluster.topology(), cluster.observe())).matches(Plan::isEmpty, "is empty");
    }

    /** Each node asks about all others: what they ask is found once. */
    @Test
    void hundredsOfNodesArePlannedInAMoment() {
        TopologyBuilder builder = new TopologyBuilder()
                .setting("max_wal_senders", "400")
                .setting("max_replication_slots", "400")
                .primary("pg0");
        IntStream.range(1, 200).forEach(node -> builder.standby("pg" + node));
        SimulatedCluster cluster = new SimulatedCluster(builder.build());

        Plan plan = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> planner.plan(cluster.topology(), cluster.observe()));

        assertThat(plan.steps()).hasSize(600);
    }

    private static String lines(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.number() + " " + step.action().node() + " "
                        + step.action().words() + " after " + step.after() + "\n")
                .collect(Collectors.joining());
    }
}
