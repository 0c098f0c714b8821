package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.Agreement;
import io.pgherder.controller.simulation.RandomCluster;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes that were taken out of the file: left alone, or retired where a person asks for that. */
class RetiredNodesTest {
    private static final Scope PRUNED = new Scope(Limit.NONE, true);

    private final Planner planner = new Planner();

    private SimulatedCluster t5Without(String node) {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        apply(cluster, Scope.ALL_DECLARED, new Random(1));
        cluster.declare(TopologyBuilder.without(cluster.topology(), node));
        return cluster;
    }

    private Plan plan(SimulatedCluster cluster, Scope scope) {
        Plan plan = planner.plan(cluster.topology(), cluster.observe(), scope);
        assertThat(plan.refusals()).isEmpty();
        return plan;
    }

    private void apply(SimulatedCluster cluster, Scope scope, Random random) {
        new RandomWalk(cluster, plan(cluster, scope), random).toTheEnd();
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.action().node() + " " + step.action().words() + " after " + step.after())
                .toList();
    }

    @Test
    void aMemberIsRetiredOnceNobodyFollowsItAndNoCommitWaitsForIt() {
        Plan plan = plan(t5Without("pg1922"), PRUNED);

        assertThat(steps(plan))
                .containsExactly(
                        "pg1921 write settings: synchronous_standby_names after []",
                        "pg1923 write settings: synchronous_standby_names after []",
                        "pg1924 write settings: synchronous_standby_names after []",
                        "pg1921 create slot pg1925 after []",
                        "pg1921 reload after [1]",
                        "pg1923 reload after [2]",
                        "pg1924 reload after [3]",
                        "pg1925 follow pg1921 after [4]",
                        "pg1922 stop after [5, 8]",
                        "pg1921 drop slot pg1922 after [9]",
                        "pg1922 set its directories aside after [10]");
        assertThat(plan.impact()).isEqualTo(Impact.STOP);
    }

    /** What it lacks may be kept by the slot on the removed node alone: if it does not come up elsewhere, that stays. */
    @Test
    void theUpstreamOfAStoppedStandbyIsRetiredOnceThatOneStreamsFromAnother() {
        SimulatedCluster cluster = t5Without("pg1922");
        cluster.node("pg1925").stop();

        Plan plan = plan(cluster, PRUNED);

        assertThat(steps(plan))
                .containsSubsequence("pg1925 start, streaming from pg1921 after [4, 5]", "pg1922 stop after [6, 9]");
    }

    @Test
    void whereNobodyAsksItIsLeftAloneAndTheNoteSaysHowToAsk() {
        SimulatedCluster cluster = t5Without("pg1924");

        apply(cluster, Scope.ALL_DECLARED, new Random(1));

        assertThat(cluster.node("pg1924").running).isTrue();
        assertThat(plan(cluster, Scope.ALL_DECLARED).notes())
                .extracting(Note::text)
                .contains("pg1924: it is not in the file any more, and its instance in "
                        + cluster.topology()
                                .node(new NodeName("pg1921"))
                                .dataDir()
                                .replace("1921", "1924")
                        + " on db1 runs on; apply --prune retires it");
    }

    @Test
    void whatIsNoStandbyIsRefused() {
        SimulatedCluster cluster = t5Without("pg1924");
        cluster.node("pg1924").standbySignal = false;
        cluster.node("pg1924").stop();

        Plan plan = planner.plan(cluster.topology(), cluster.observe(), PRUNED);

        assertThat(plan.refusals())
                .extracting(problem -> problem.code() + " " + problem.summary())
                .containsExactly("PREFLIGHT-017 refusing to retire pg1924: it is no standby");
        assertThat(planner.plan(cluster.topology(), cluster.observe()).isRefused())
                .isFalse();
    }

    @Test
    void whereAHostWasNotSearchedWholeNobodyIsRetired() {
        SimulatedCluster cluster = t5Without("pg1924");
        cluster.host("db2").silentDirectories = List.of("/data02/pg");

        Plan plan = planner.plan(cluster.topology(), cluster.observe(), PRUNED);

        assertThat(plan.refusals()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("PREFLIGHT-027");
            assertThat(problem.summary())
                    .isEqualTo("a node that was taken out of the file may be on db2 where its agent could not look");
            assertThat(problem.details()).containsExactly("could not look at /data02/pg: it does not answer");
            assertThat(problem.hint())
                    .isEqualTo("leave out --prune until the agent can look there: does its file system hang?");
        });
        assertThat(planner.plan(cluster.topology(), cluster.observe()).isRefused())
                .isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stoppedAfterAnyPrefixTheNextPlanEndsIt(long seed) {
        Random random = new Random(seed);
        SimulatedCluster start = new SimulatedCluster(new RandomCluster(random).topology(3 + random.nextInt(5), true));
        apply(start, Scope.ALL_DECLARED, random);
        Topology before = start.topology();
        start.declare(new RandomCluster(random)
                .topology(1 + random.nextInt(before.nodes().size() - 1), true));

        Plan plan = plan(start, PRUNED);
        for (int prefix = 0; prefix <= plan.steps().size(); prefix++) {
            SimulatedCluster cluster = start.copy();
            new RandomWalk(cluster, plan, random).steps(prefix);
            apply(cluster, PRUNED, random);

            assertThat(plan(cluster, PRUNED).isEmpty())
                    .as("nothing is left after " + prefix + " steps")
                    .isTrue();
            cluster.checkIsAsDeclared();
            assertThat(Agreement.drift(cluster).isInSync()).isTrue();
            before.nodes().stream()
                    .map(NodeSpec::name)
                    .filter(node -> !cluster.topology().declares(node))
                    .forEach(node -> isRetired(cluster, node));
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    private static void isRetired(SimulatedCluster cluster, NodeName node) {
        assertThat(cluster.node(node).installed).isFalse();
        assertThat(cluster.topology().nodes())
                .noneMatch(declared -> cluster.node(declared.name()).slots.containsKey(node));
    }
}
