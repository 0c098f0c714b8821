package io.pgherder.controller.plan;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether copies fit where they go: all of them together, and not at all taken for granted. */
class RoomForCopiesTest {
    private static final long MEGABYTE = 1L << 20;

    private final Planner planner = new Planner();
    private final SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());

    @BeforeEach
    void twoStandbysOfOneHostAreLost() {
        new RandomWalk(cluster, plan(), new Random(1)).toTheEnd();
        cluster.node("pg1922").ground.databaseBytes = Optional.of(1000 * MEGABYTE);
        cluster.node("pg1921").ground.databaseBytes = Optional.of(1000 * MEGABYTE);
        cluster.node("pg1925").losesItsData();
        cluster.node("pg1922").losesItsData();
    }

    @Test
    void copiesOnOneFileSystemShareIt() {
        roomForEach(1500);

        assertThat(plan().refusals()).extracting(Problem::code).containsExactly("PREFLIGHT-007");
        assertThat(plan().refusals().get(0).summary()).isEqualTo("there is not enough space for pg1922, pg1925");
    }

    @Test
    void copiesOnDifferentFileSystemsDoNot() {
        roomForEach(1500);
        cluster.node("pg1925").ground.device = 2;

        assertThat(plan().isRefused()).isFalse();
    }

    @Test
    void aSizeThatCouldNotBeCountedIsNotZero() {
        cluster.node("pg1921").ground.databaseBytes = Optional.empty();

        assertThat(plan().notes())
                .extracting(Note::text)
                .contains(
                        "pg1922: how much pg1921 holds could not be counted in time; whether its copy fits is not known");
    }

    private void roomForEach(long megabytes) {
        cluster.node("pg1922").ground.freeBytes = megabytes * MEGABYTE;
        cluster.node("pg1925").ground.freeBytes = megabytes * MEGABYTE;
    }

    private Plan plan() {
        return planner.plan(cluster.topology(), cluster.observe());
    }
}
