package io.pgherder.controller.plan;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.DropSlot;
import io.pgherder.controller.plan.action.ResetSynchronousCommit;
import io.pgherder.controller.simulation.RandomCluster;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises that hold for any cluster: a plan that is carried out leaves nothing to do, and one that is stopped anywhere is continued
 * by the next. More seeds: {@code -Dpgherder.seeds=1000}; one again: {@code -Dpgherder.seed=17}.
 */
class ConvergenceTest {
    private final Planner planner = new Planner();

    static LongStream seeds() {
        Long one = Long.getLong("pgherder.seed");
        return one == null ? LongStream.rangeClosed(1, Long.getLong("pgherder.seeds", 10)) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fromNothingAnyClusterIsBuiltInOnePlan(long seed) {
        Random random = new Random(seed);
        SimulatedCluster cluster = new SimulatedCluster(new RandomCluster(random).topology());

        replay(seed, () -> isWholeAfterOnePlan(cluster, random));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterAnyMishapOnePlanMakesItWholeAgain(long seed) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster cluster = new SimulatedCluster(chance.topology());

        replay(seed, () -> {
            isWholeAfterOnePlan(cluster, random);
            chance.mishaps(cluster);
            isWholeAfterOnePlan(cluster, random);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anEditedFileIsCaughtUpWithInOnePlan(long seed) {
        Random random = new Random(seed);
        SimulatedCluster cluster = new SimulatedCluster(new RandomCluster(random).topology());

        replay(seed, () -> {
            isWholeAfterOnePlan(cluster, random);
            cluster.declare(editedAtRest(cluster.topology(), random));
            isWholeAfterOnePlan(cluster, random);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stoppedAfterAnyPrefixTheNextPlanGoesOn(long seed) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster start = new SimulatedCluster(chance.topology());

        replay(seed, () -> {
            if (random.nextBoolean()) {
                isWholeAfterOnePlan(start, random);
                if (random.nextBoolean()) {
                    start.declare(editedAtRest(start.topology(), random));
                } else {
                    start.declare(edited(start.topology(), random));
                    chance.mishaps(start);
                }
            }
            interruptEverywhere(start, chance, random);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void limitedToAnyNodesAgainAndAgainTheRestStillArrives(long seed) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster cluster = new SimulatedCluster(chance.topology());

        replay(seed, () -> {
            if (random.nextInt(4) > 0) {
                isWholeAfterOnePlan(cluster, random);
                cluster.declare(edited(cluster.topology(), random));
                chance.mishaps(cluster);
            }
            for (int run = 0; run < 4; run++) {
                Plan limited = planner.plan(cluster.topology(), cluster.observe(), Scope.of(anyLimit(cluster, random)));
                new RandomWalk(cluster, limited, random).toTheEnd();
            }
            isWholeAfterOnePlan(cluster, random);
        });
    }

    private static Limit anyLimit(SimulatedCluster cluster, Random random) {
        List<NodeName> nodes = new ArrayList<>(
                cluster.topology().nodes().stream().map(NodeSpec::name).toList());
        Collections.shuffle(nodes, random);
        return new Limit(nodes.subList(0, 1 + random.nextInt(nodes.size())));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aNewPasswordStoppedOnItsWayAnywhereStillArrives(long seed) {
        arrivesStoppedAnywhere(seed, declared -> TopologyBuilder.withPassword(declared, "barracuda"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aNewReplicationRoleStoppedOnItsWayAnywhereStillArrives(long seed) {
        arrivesStoppedAnywhere(seed, declared -> TopologyBuilder.withRole(declared, "standby_rep", "barracuda"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void newConnectionOptionsStoppedOnTheirWayAnywhereStillArrive(long seed) {
        arrivesStoppedAnywhere(
                seed, declared -> TopologyBuilder.withOptions(declared, Map.of("sslmode", "verify-full")));
    }

    /** Declared on a whole cluster, perhaps with other edits, perhaps amid mishaps. */
    private void arrivesStoppedAnywhere(long seed, UnaryOperator<Topology> login) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster start = new SimulatedCluster(chance.topology());

        replay(seed, () -> {
            isWholeAfterOnePlan(start, random);
            Topology declared = random.nextBoolean() ? edited(start.topology(), random) : start.topology();
            start.declare(login.apply(declared));
            if (random.nextBoolean()) {
                chance.mishaps(start);
            }
            interruptEverywhere(start, chance, random);
        });
    }

    @Test
    void aNewPasswordDisconnectsNobodyAndTheRoleHasItFirst() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        Random random = new Random(3);
        isWholeAfterOnePlan(cluster, random);
        cluster.declare(TopologyBuilder.withPassword(cluster.topology(), "barracuda"));

        Plan plan = planned(cluster);

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
        isWholeAfterOnePlan(cluster, random);
        cluster.declare(TopologyBuilder.withRole(cluster.topology(), "standby_rep", "barracuda"));

        Plan plan = planned(cluster);

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
        isWholeAfterOnePlan(cluster, random);
        cluster.declare(TopologyBuilder.withOptions(cluster.topology(), Map.of("sslmode", "verify-full")));

        Plan plan = planned(cluster);

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
        isWholeAfterOnePlan(start, random);
        start.declare(TopologyBuilder.withPassword(start.topology(), "barracuda"));

        for (int prefix = 0; prefix <= planned(start).steps().size(); prefix++) {
            SimulatedCluster cluster = start.copy();
            cluster.host("db3").comparesPasswords = false;
            new RandomWalk(cluster, planned(cluster), random).steps(prefix);
            isWholeAfterOnePlan(cluster, random);
        }
    }

    @Test
    void aNewPasswordIsInPlaceBeforeAnybodyRestarts() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
            isWholeAfterOnePlan(cluster, random);
            int more = maxConnections(cluster.topology()) + 200;
            cluster.declare(TopologyBuilder.withPassword(withMaxConnections(cluster.topology(), more), "barracuda"));

            isWholeAfterOnePlan(cluster, random);
        }
    }

    @Test
    void t5StoppedAfterAnyPrefixAndThereAgainConverges() {
        SimulatedCluster start = new SimulatedCluster(TopologyBuilder.t5());
        Random random = new Random(5);

        Plan plan = planned(start);
        for (int first = 0; first <= plan.steps().size(); first++) {
            SimulatedCluster once = start.copy();
            new RandomWalk(once, plan, random).steps(first);
            interruptEverywhere(once, new RandomCluster(random), random);
        }
    }

    /**
     * With mishaps too, but not while max_connections shrinks: as long as a standby gets no WAL from its primary, the next plan is refused,
     * so it comes a moment later.
     */
    private void interruptEverywhere(SimulatedCluster start, RandomCluster chance, Random random) {
        Plan plan = planned(start);
        boolean shrinks = isAboutToShrink(start);
        int ways = shrinks ? 3 : 4;
        for (int prefix = 0; prefix <= plan.steps().size(); prefix++) {
            SimulatedCluster cluster = start.copy();
            RandomWalk walk = new RandomWalk(cluster, plan, random);
            walk.steps(prefix);
            switch (random.nextInt(ways)) {
                case 0 -> walk.halfAStep();
                case 1 -> walk.leaveRunning();
                case 2 -> cluster.timePasses();
                default -> chance.mishaps(cluster);
            }
            if (shrinks) {
                cluster.timePasses();
            }
            isWholeAfterOnePlan(cluster, random);
        }
    }

    private void isWholeAfterOnePlan(SimulatedCluster cluster, Random random) {
        Set<NodeName> stopped = stoppedIn(cluster);
        new RandomWalk(cluster, planned(cluster), random).toTheEnd();
        closeWhatNobodyCouldSee(cluster, stopped, random);
        Plan left = planned(cluster);
        if (!left.isEmpty()) {
            throw new AssertionError("there is still something to do:\n" + words(left));
        }
        cluster.checkIsAsDeclared();
        assertThat(drift(cluster).differences())
                .as("what a plan would have to close, and does not")
                .filteredOn(difference -> difference.byHand().isEmpty())
                .isEmpty();
    }

    private static ClusterDrift drift(SimulatedCluster cluster) {
        return ClusterDrift.of(cluster.topology(), cluster.observe());
    }

    /** A stopped server tells neither its slots nor its roles: of these only a second plan may find something. */
    private void closeWhatNobodyCouldSee(SimulatedCluster cluster, Set<NodeName> stopped, Random random) {
        Plan second = planned(cluster);
        boolean onlyThat = second.steps().stream()
                .map(Step::action)
                .allMatch(action -> (action instanceof DropSlot || action instanceof ResetSynchronousCommit)
                        && stopped.contains(action.node()));
        if (onlyThat) {
            new RandomWalk(cluster, second, random).toTheEnd();
        }
    }

    private static Set<NodeName> stoppedIn(SimulatedCluster cluster) {
        return cluster.topology().nodes().stream()
                .map(NodeSpec::name)
                .filter(node -> cluster.node(node).installed && !cluster.node(node).running)
                .collect(Collectors.toSet());
    }

    private Plan planned(SimulatedCluster cluster) {
        Plan plan = planner.plan(cluster.topology(), cluster.observe());
        if (isOnlyBusy(plan)) {
            cluster.shortOperationsEnd();
            plan = planner.plan(cluster.topology(), cluster.observe());
        }
        if (plan.isRefused()) {
            throw new AssertionError("refused: "
                    + plan.refusals().stream()
                            .map(problem -> problem.summary() + " " + problem.details())
                            .collect(Collectors.joining("\n")));
        }
        if (!plan.isEmpty()) {
            assertThat(drift(cluster).differs())
                    .as("a reason for\n" + words(plan))
                    .isTrue();
        }
        return plan;
    }

    /** By something that is over in no time; what takes long is never in the way but attached to. */
    private static boolean isOnlyBusy(Plan plan) {
        return plan.isRefused()
                && plan.refusals().stream().allMatch(problem -> problem.code().equals(PlanProblem.BUSY.id()));
    }

    /**
     * Another file for the same nodes and some more. max_connections and the other parameters that a
     * standby must not set lower than its primary only grow; slots made for standbys that
     * lag cannot bring back WAL that nobody kept for them.
     */
    private static Topology edited(Topology present, Random random) {
        Topology other = editedAtRest(present, random);
        int before = maxConnections(present);
        return maxConnections(other) >= before ? other : withMaxConnections(other, before);
    }

    /** Where all standbys stream and none is added, max_connections may shrink too. */
    private static Topology editedAtRest(Topology present, Random random) {
        Topology other = new RandomCluster(random)
                .topology(
                        present.nodes().size() + random.nextInt(3),
                        present.replication().slots());
        int before = maxConnections(present);
        int after = maxConnections(other);
        boolean noneIsAdded = other.nodes().size() == present.nodes().size();
        return after >= before || noneIsAdded ? other : withMaxConnections(other, before);
    }

    private static boolean isAboutToShrink(SimulatedCluster cluster) {
        String inForce = cluster.node(cluster.topology().primary()).inForce.getOrDefault("max_connections", "0");
        return maxConnections(cluster.topology()) < Integer.parseInt(inForce);
    }

    private static int maxConnections(Topology topology) {
        return Integer.parseInt(topology.node(topology.primary()).settings().getOrDefault("max_connections", "0"));
    }

    private static Topology withMaxConnections(Topology topology, int value) {
        return TopologyBuilder.withSetting(topology, "max_connections", Integer.toString(value));
    }

    private static void replay(long seed, Runnable situation) {
        try {
            situation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with -Dpgherder.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private static String words(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.action().node() + " " + step.action().words() + ", because "
                        + step.reason().text())
                .collect(Collectors.joining("\n"));
    }
}
