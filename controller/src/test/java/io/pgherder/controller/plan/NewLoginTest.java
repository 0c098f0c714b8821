package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.simulation.RandomCluster;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Another password, role, or way to connect of all standbys, stopped on its way or not: nobody is left out, and nobody cut off. */
class NewLoginTest {
    private final Convergence convergence = new Convergence();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void aNewPasswordStoppedOnItsWayAnywhereStillArrives(long seed) {
        arrivesStoppedAnywhere(seed, declared -> TopologyBuilder.withPassword(declared, "barracuda"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void aNewReplicationRoleStoppedOnItsWayAnywhereStillArrives(long seed) {
        arrivesStoppedAnywhere(seed, declared -> TopologyBuilder.withRole(declared, "standby_rep", "barracuda"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void newConnectionOptionsStoppedOnTheirWayAnywhereStillArrive(long seed) {
        arrivesStoppedAnywhere(
                seed, declared -> TopologyBuilder.withOptions(declared, Map.of("sslmode", "verify-full")));
    }

    /** Declared on a whole cluster, perhaps with other edits, perhaps amid mishaps. */
    private void arrivesStoppedAnywhere(long seed, UnaryOperator<Topology> login) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster start = new SimulatedCluster(chance.topology());

        Convergence.replay(seed, () -> {
            convergence.isWholeAfterOnePlan(start, random);
            Topology declared = random.nextBoolean() ? EditedFile.edited(start.topology(), random) : start.topology();
            start.declare(login.apply(declared));
            if (random.nextBoolean()) {
                chance.mishaps(start);
            }
            convergence.interruptEverywhere(start, chance, random);
        });
    }

    @Test
    void aNewPasswordDisconnectsNobodyAndTheRoleHasItFirst() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        Random random = new Random(3);
        convergence.isWholeAfterOnePlan(cluster, random);
        cluster.declare(TopologyBuilder.withPassword(cluster.topology(), "barracuda"));

        Plan plan = convergence.planned(cluster);

        assertThat(plan.steps())
                .extracting(step -> step.action().node() + " " + step.action().words())
                .containsExactly(
                        "pg1921 ensure replication role rep",
                        "pg1922 write password file",
                        "pg1923 write password file",
                        "pg1924 write password file",
                        "pg1925 write password file");
        assertThat(plan.steps().subList(1, 5))
                .allSatisfy(step -> assertThat(step.after()).containsExactly(1));
        assertThat(plan.impact()).isEqualTo(Impact.NONE);
        everybodyStreamsAfterEachStep(cluster, plan, random);
    }

    @Test
    void aNewReplicationRoleIsMadeFirstAndTakenByOneStandbyAfterTheOther() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        Random random = new Random(4);
        convergence.isWholeAfterOnePlan(cluster, random);
        cluster.declare(TopologyBuilder.withRole(cluster.topology(), "standby_rep", "barracuda"));

        Plan plan = convergence.planned(cluster);

        assertThat(plan.steps())
                .extracting(step -> step.action().node() + " " + step.action().words() + " after " + step.after())
                .containsExactly(
                        "pg1921 ensure replication role standby_rep after []",
                        "pg1922 write settings: primary_conninfo, password file after [1]",
                        "pg1923 write settings: primary_conninfo, password file after [1]",
                        "pg1924 write settings: primary_conninfo, password file after [1]",
                        "pg1925 write settings: primary_conninfo, password file after [1]",
                        "pg1922 follow pg1921 after [2]",
                        "pg1923 follow pg1921 after [3, 6]",
                        "pg1924 follow pg1921 after [4, 7]",
                        "pg1925 follow pg1922 after [5, 8]");
        assertThat(plan.impact()).isEqualTo(Impact.RELOAD);
        everybodyStreamsAfterEachStep(cluster, plan, random);
        assertThat(cluster.node("pg1921").roles.keySet()).containsExactly("rep", "standby_rep");
    }

    @Test
    void newConnectionOptionsAreTakenByOneStandbyAfterTheOther() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        Random random = new Random(4);
        convergence.isWholeAfterOnePlan(cluster, random);
        cluster.declare(TopologyBuilder.withOptions(cluster.topology(), Map.of("sslmode", "verify-full")));

        Plan plan = convergence.planned(cluster);

        assertThat(plan.steps())
                .extracting(step -> step.action().node() + " " + step.action().words() + " after " + step.after())
                .containsExactly(
                        "pg1922 follow pg1921 after []",
                        "pg1923 follow pg1921 after [1]",
                        "pg1924 follow pg1921 after [2]",
                        "pg1925 follow pg1922 after [3]");
        assertThat(plan.impact()).isEqualTo(Impact.RELOAD);
        everybodyStreamsAfterEachStep(cluster, plan, random);
    }

    private static void everybodyStreamsAfterEachStep(SimulatedCluster cluster, Plan plan, Random random) {
        RandomWalk walk = new RandomWalk(cluster, plan, random);
        for (Step step : plan.steps()) {
            walk.steps(1);
            assertThat(cluster.observe().nodes())
                    .as("after %s steps", step.number())
                    .filteredOn(node -> !node.node().equals(cluster.topology().primary()))
                    .allMatch(node -> cluster.observe()
                            .server(node.node())
                            .flatMap(ServerFacts::walReceiver)
                            .isPresent());
        }
    }

    @Test
    void aNewPasswordStoppedOnItsWayReachesWhoseFileNobodyCanCompare() {
        SimulatedCluster start = new SimulatedCluster(TopologyBuilder.t5());
        Random random = new Random(7);
        convergence.isWholeAfterOnePlan(start, random);
        start.declare(TopologyBuilder.withPassword(start.topology(), "barracuda"));

        for (int prefix = 0; prefix <= convergence.planned(start).steps().size(); prefix++) {
            SimulatedCluster cluster = start.copy();
            cluster.host("db3").comparesPasswords = false;
            new RandomWalk(cluster, convergence.planned(cluster), random).steps(prefix);
            convergence.isWholeAfterOnePlan(cluster, random);
        }
    }

    @Test
    void aNewPasswordIsInPlaceBeforeAnybodyRestarts() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
            convergence.isWholeAfterOnePlan(cluster, random);
            int more = EditedFile.maxConnections(cluster.topology()) + 200;
            cluster.declare(
                    TopologyBuilder.withPassword(EditedFile.withMaxConnections(cluster.topology(), more), "barracuda"));

            convergence.isWholeAfterOnePlan(cluster, random);
        }
    }
}
