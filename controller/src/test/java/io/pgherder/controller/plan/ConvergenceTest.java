package io.pgherder.controller.plan;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.Agreement;
import io.pgherder.controller.simulation.Mishap;
import io.pgherder.controller.simulation.RandomCluster;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.NodeSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises that hold for any cluster: a plan that is carried out leaves nothing to do, and one that is stopped anywhere is continued
 * by the next. More seeds: {@code -Dpgherder.seeds=1000}; one again: {@code -Dpgherder.seed=17}.
 */
@Execution(ExecutionMode.CONCURRENT)
class ConvergenceTest {
    private final Convergence convergence = new Convergence();
    private final Planner planner = new Planner();

    /** What many mishaps at once may hide, one alone shows. */
    @ParameterizedTest
    @EnumSource(Mishap.class)
    void anyMishapAloneIsToldAndMended(Mishap mishap) {
        List<Difference> told = new ArrayList<>();
        Convergence.seeds()
                .forEach(seed -> Convergence.replay(seed, () -> {
                    Random random = new Random(seed);
                    RandomCluster chance = new RandomCluster(random);
                    SimulatedCluster cluster = new SimulatedCluster(chance.topology());
                    convergence.isWholeAfterOnePlan(cluster, random);
                    if (chance.mishap(cluster, mishap)) {
                        told.addAll(Agreement.drift(cluster).differences());
                        convergence.isWholeAfterOnePlan(cluster, random);
                    }
                }));
        assertThat(told).as("of all clusters that it befell").isNotEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void fromNothingAnyClusterIsBuiltInOnePlan(long seed) {
        Random random = new Random(seed);
        SimulatedCluster cluster = new SimulatedCluster(new RandomCluster(random).topology());

        Convergence.replay(seed, () -> convergence.isWholeAfterOnePlan(cluster, random));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void afterAnyMishapOnePlanMakesItWholeAgain(long seed) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster cluster = new SimulatedCluster(chance.topology());

        Convergence.replay(seed, () -> {
            convergence.isWholeAfterOnePlan(cluster, random);
            chance.mishaps(cluster);
            convergence.isWholeAfterOnePlan(cluster, random);
        });
    }

    /** Also where the old primary is stopped, and nobody sees what slots it has. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void afterTheRoleWasMovedByHandNothingIsLeftToASecondPlan(long seed) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster cluster = new SimulatedCluster(chance.topology());

        Convergence.replay(seed, () -> {
            convergence.isWholeAfterOnePlan(cluster, random);
            chance.mishap(cluster, Mishap.ROLE_IS_MOVED);
            new RandomWalk(cluster, convergence.planned(cluster), random).toTheEnd();
            assertThat(Agreement.drift(cluster).differences()).isEmpty();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void anEditedFileIsCaughtUpWithInOnePlan(long seed) {
        Random random = new Random(seed);
        SimulatedCluster cluster = new SimulatedCluster(new RandomCluster(random).topology());

        Convergence.replay(seed, () -> {
            convergence.isWholeAfterOnePlan(cluster, random);
            cluster.declare(EditedFile.editedAtRest(cluster.topology(), random));
            convergence.isWholeAfterOnePlan(cluster, random);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void stoppedAfterAnyPrefixTheNextPlanGoesOn(long seed) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster start = new SimulatedCluster(chance.topology());

        Convergence.replay(seed, () -> {
            if (random.nextBoolean()) {
                convergence.isWholeAfterOnePlan(start, random);
                if (random.nextBoolean()) {
                    start.declare(EditedFile.editedAtRest(start.topology(), random));
                } else {
                    start.declare(EditedFile.edited(start.topology(), random));
                    chance.mishaps(start);
                }
            }
            convergence.interruptEverywhere(start, chance, random);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.pgherder.controller.plan.Convergence#seeds")
    void limitedToAnyNodesAgainAndAgainTheRestStillArrives(long seed) {
        Random random = new Random(seed);
        RandomCluster chance = new RandomCluster(random);
        SimulatedCluster cluster = new SimulatedCluster(chance.topology());

        Convergence.replay(seed, () -> {
            if (random.nextInt(4) > 0) {
                convergence.isWholeAfterOnePlan(cluster, random);
                cluster.declare(EditedFile.edited(cluster.topology(), random));
                chance.mishaps(cluster);
            }
            for (int run = 0; run < 4; run++) {
                Plan limited = planner.plan(cluster.topology(), cluster.observe(), Scope.of(anyLimit(cluster, random)));
                new RandomWalk(cluster, limited, random).toTheEnd();
            }
            convergence.isWholeAfterOnePlan(cluster, random);
        });
    }

    private static Limit anyLimit(SimulatedCluster cluster, Random random) {
        List<NodeName> nodes = new ArrayList<>(
                cluster.topology().nodes().stream().map(NodeSpec::name).toList());
        Collections.shuffle(nodes, random);
        return new Limit(nodes.subList(0, 1 + random.nextInt(nodes.size())));
    }

    @Test
    void t5StoppedAfterAnyPrefixAndThereAgainConverges() {
        SimulatedCluster start = new SimulatedCluster(TopologyBuilder.t5());
        Random random = new Random(5);

        Plan plan = convergence.planned(start);
        for (int first = 0; first <= plan.steps().size(); first++) {
            SimulatedCluster once = start.copy();
            new RandomWalk(once, plan, random).steps(first);
            convergence.interruptEverywhere(once, new RandomCluster(random), random);
        }
    }
}
