package io.pgherder.controller.plan;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A limit that the file no longer names falls back to PostgreSQL's default: for a standby that may be too little. */
class LimitTakenOutTest {
    private final Planner planner = new Planner();

    @Test
    void aStandbyIsNotRestartedWithADefaultBelowItsPrimary() {
        SimulatedCluster cluster =
                new SimulatedCluster(pair().setting("max_connections", "200").build());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.declare(pair().build());

        Plan plan = planner.plan(cluster.topology(), cluster.observe());

        assertThat(plan.refusals()).extracting(Problem::code).containsExactly(PlanProblem.STANDBY_BELOW_PRIMARY.id());
        assertThat(plan.refusals().get(0).details())
                .containsExactly("not declared for pg2, which would have: 100", "in force on pg1: 200");
    }

    @Test
    void aDefaultThatIsMoreThanBeforeStandsInNobodysWay() {
        SimulatedCluster cluster =
                new SimulatedCluster(pair().setting("max_connections", "60").build());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.declare(pair().build());

        assertThat(planner.plan(cluster.topology(), cluster.observe()).isRefused())
                .isFalse();
    }

    private static TopologyBuilder pair() {
        return new TopologyBuilder().primary("pg1").standby("pg2");
    }
}
