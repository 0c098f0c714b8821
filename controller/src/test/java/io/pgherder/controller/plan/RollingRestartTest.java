package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.SimulatedNode;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Settings that only a restart puts in force are written to a node when it is its turn, and not before. */
class RollingRestartTest {
    private static final String SETTING = "max_connections";
    private static final String BEFORE = "60";

    private final Planner planner = new Planner();
    private final Random random = new Random(11);

    /** The simulation objects to a standby that starts with less than its primary had. */
    @ParameterizedTest
    @ValueSource(strings = {"200", "30"})
    void whoeverCrashesOnTheWayComesUpByItself(String after) {
        SimulatedCluster start = wholeCluster();
        start.declare(TopologyBuilder.withSetting(start.topology(), SETTING, after));
        Plan plan = planner.plan(start.topology(), start.observe());
        assertThat(plan.steps()).as("a write and a restart for each node").hasSize(10);

        for (int prefix = 0; prefix <= plan.steps().size(); prefix++) {
            for (NodeSpec node : start.topology().nodes()) {
                SimulatedCluster cluster = start.copy();
                new RandomWalk(cluster, plan, random).steps(prefix);

                SimulatedNode crashed = cluster.node(node.name());
                crashed.stop();
                crashed.start();

                assertNobodyStopsReplaying(cluster);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "30"})
    void whereOneDoesNotRestartNobodyElseHasTheNewValueInItsFile(String after) {
        SimulatedCluster cluster = wholeCluster();
        cluster.declare(TopologyBuilder.withSetting(cluster.topology(), SETTING, after));
        Plan plan = planner.plan(cluster.topology(), cluster.observe());

        Step first = plan.steps().get(0);
        new RandomWalk(cluster, plan, random).steps(1);

        assertThat(cluster.topology().nodes())
                .allSatisfy(node -> assertThat(cluster.node(node.name()).written)
                        .containsEntry(
                                SETTING, node.name().equals(first.action().node()) ? after : BEFORE));
    }

    private static void assertNobodyStopsReplaying(SimulatedCluster cluster) {
        int primary = inForce(cluster, cluster.topology().primary());
        assertThat(cluster.topology().nodes())
                .allSatisfy(node -> assertThat(inForce(cluster, node.name()))
                        .as(node.name() + " has less than its primary")
                        .isGreaterThanOrEqualTo(primary));
    }

    private static int inForce(SimulatedCluster cluster, NodeName node) {
        return Integer.parseInt(requireNonNull(cluster.node(node).inForce.get(SETTING)));
    }

    @Test
    void aPrimaryThatHasCrashedStartsFirstAndItsStandbysRestartOneAfterAnotherFromTheRootDown() {
        SimulatedCluster cluster = wholeCluster();
        cluster.declare(TopologyBuilder.withSetting(cluster.topology(), SETTING, "200"));
        cluster.node("pg1921").stop();
        cluster.timePasses();

        assertThat(planner.plan(cluster.topology(), cluster.observe()).steps())
                .as("of all that a primary which cannot be asked may lack")
                .filteredOn(step -> step.action().words().matches("write settings.*|start.*|restart"))
                .extracting(step -> step.number() + " " + step.action().node() + " "
                        + step.action().words() + " after " + step.after())
                .containsExactly(
                        "1 pg1921 write settings: max_connections after []",
                        "2 pg1921 start as the primary after [1]",
                        "7 pg1922 write settings: max_connections after [3]",
                        "8 pg1922 restart after [7]",
                        "9 pg1923 write settings: max_connections after [8]",
                        "11 pg1923 restart after [9]",
                        "12 pg1924 write settings: max_connections after [11]",
                        "14 pg1924 restart after [12]",
                        "15 pg1925 write settings: max_connections after [14]",
                        "17 pg1925 restart after [15]");
    }

    @Test
    void whoeverIsStoppedIsGivenOtherSettingsAndStartsOneAfterAnother() {
        SimulatedCluster cluster = wholeCluster();
        cluster.declare(TopologyBuilder.withSetting(cluster.topology(), "work_mem", "8MB"));
        for (String stopped : List.of("pg1922", "pg1924", "pg1925")) {
            cluster.node(stopped).stop();
        }
        cluster.timePasses();

        assertThat(planner.plan(cluster.topology(), cluster.observe()).steps())
                .filteredOn(step -> List.of("pg1922", "pg1924", "pg1925")
                        .contains(step.action().node().value()))
                .extracting(step -> step.number() + " " + step.action().node() + " "
                        + step.action().words() + " after " + step.after())
                .containsExactly(
                        "2 pg1922 write settings: work_mem after []",
                        "6 pg1922 start, streaming from pg1921 after [2]",
                        "7 pg1924 write settings: work_mem after [6]",
                        "8 pg1922 create slot pg1925 after [6]",
                        "9 pg1924 start, streaming from pg1921 after [7]",
                        "10 pg1925 write settings: work_mem after [9]",
                        "11 pg1925 start, streaming from pg1922 after [8, 10]");
    }

    private SimulatedCluster wholeCluster() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), random).toTheEnd();
        assertThat(cluster.topology().nodes())
                .allSatisfy(
                        node -> assertThat(cluster.node(node.name()).written).containsEntry(SETTING, BEFORE));
        return cluster;
    }
}
