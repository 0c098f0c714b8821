package io.pgherder.controller.plan;

import io.pgherder.controller.plan.action.RestartInstance;
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
    void aStandbyTakesTheDefaultBelowWhatItHadOnceItsPrimaryHasIt() {
        SimulatedCluster cluster = cutDown();

        assertThat(planner.plan(cluster.topology(), cluster.observe()).steps().stream()
                        .filter(step -> step.action() instanceof RestartInstance)
                        .map(step -> step.action().node().value()))
                .containsExactly("pg1", "pg2");
    }

    @Test
    void aStandbyThatDoesNotRunIsNotStartedWithADefaultBelowItsPrimary() {
        SimulatedCluster cluster = cutDown();
        cluster.node("pg2").stop();

        Plan plan = planner.plan(cluster.topology(), cluster.observe());

        assertThat(plan.refusals()).extracting(Problem::code).containsExactly(PlanProblem.STANDBY_BELOW_PRIMARY.id());
        assertThat(plan.refusals().get(0).details())
                .containsExactly("not declared for pg2, which would have: 100", "in force on pg1: 200");
    }

    /** From 200 to nothing, which is 100. */
    private SimulatedCluster cutDown() {
        SimulatedCluster cluster =
                new SimulatedCluster(pair().setting("max_connections", "200").build());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.declare(pair().build());
        return cluster;
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

    @Test
    void aRestartForSomethingElseDoesNotGiveThePrimaryMoreThanItsStandbys() {
        SimulatedCluster cluster = changedByOthers("pg1", "300");

        Plan plan = planner.plan(cluster.topology(), cluster.observe());

        assertThat(plan.refusals()).extracting(Problem::code).containsExactly(PlanProblem.STANDBY_BELOW_PRIMARY.id());
        assertThat(plan.refusals().get(0).details())
                .containsExactly("not declared for pg2, which would have: 100", "pg1 will have 300");
    }

    @Test
    void norAStandbyLessThanItsPrimaryHas() {
        SimulatedCluster cluster = changedByOthers("pg2", "50");

        assertThat(planner.plan(cluster.topology(), cluster.observe()).refusals())
                .extracting(Problem::code)
                .containsExactly(PlanProblem.STANDBY_BELOW_PRIMARY.id());
    }

    @Test
    void whatOthersHaveChangedWaitsOnWhereNobodyRestarts() {
        SimulatedCluster cluster = changedByOthers("pg1", "300");
        cluster.declare(pair().setting("shared_buffers", "16MB")
                .setting("work_mem", "5MB")
                .build());

        assertThat(planner.plan(cluster.topology(), cluster.observe()).isRefused())
                .isFalse();
    }

    /** An ALTER SYSTEM waits for a restart, and one is declared. */
    private SimulatedCluster changedByOthers(String node, String maxConnections) {
        SimulatedCluster cluster =
                new SimulatedCluster(pair().setting("shared_buffers", "16MB").build());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.node(node).alterSystem("max_connections", maxConnections);
        cluster.declare(pair().setting("shared_buffers", "17MB").build());
        return cluster;
    }

    private static TopologyBuilder pair() {
        return new TopologyBuilder().primary("pg1").standby("pg2");
    }
}
