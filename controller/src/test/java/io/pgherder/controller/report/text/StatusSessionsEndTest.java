package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.report.ClusterStatus;
import io.pgherder.controller.report.StatusView;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A primary that runs, and whose standbys confirm, and into which nobody gets. */
class StatusSessionsEndTest {
    private final SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());

    @BeforeEach
    void build() {
        Planner planner = new Planner();
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
    }

    @Test
    void nobodyCanWriteThere() {
        assertThat(status().writable()).contains(true);

        cluster.node("pg1921").sessionsEnd = Optional.of("could not access file \"nosuch\u001b[2J\": No such file");

        assertThat(status().writable()).contains(false);
        assertThat(status().isSound()).isFalse();
        assertThat(new StatusTree(Ink.PLAIN, "pgherder plan t5.yaml").render(status()))
                .endsWith("\nWrites: impossible, pg1921 ends every session before it begins:"
                        + " could not access file \"nosuch\ufffd[2J\": No such file.\n");
    }

    @Test
    void thatAStandbyDoesIsNoMatterOfWriting() {
        cluster.node("pg1922").sessionsEnd = Optional.of("could not access file \"nosuch\": No such file");

        assertThat(status().writable()).contains(true);
    }

    private ClusterStatus status() {
        ClusterObservation seen = cluster.observe();
        return new StatusView(cluster.topology(), seen, Instant.EPOCH).status();
    }
}
