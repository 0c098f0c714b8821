package io.pgherder.controller.drift;

import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A pg_hba.conf with more lines than anybody reads. */
class LongHbaTest {
    @Test
    void ofManyLinesThatDifferTheRestIsCounted() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, new Planner().plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.node("pg1922")
                .writeHba(IntStream.range(0, 5000)
                        .mapToObj(i -> "host all all 10.0." + i / 250 + "." + i % 250 + "/32 trust")
                        .toList());

        List<Difference> told = ClusterDrift.of(cluster.topology(), cluster.observe()).differences().stream()
                .filter(difference -> difference.kind() == DriftKind.HBA_EXTRA)
                .toList();

        assertThat(told).hasSize(11);
        assertThat(told.get(10).observed()).isEqualTo("4990 more lines differ");
    }
}
