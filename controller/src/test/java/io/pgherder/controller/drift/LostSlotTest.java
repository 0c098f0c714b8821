package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.PgVersion;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Why a slot may have lost its WAL; from PostgreSQL 18 on there are two ways. */
class LostSlotTest {
    private final SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());

    LostSlotTest() {
        Planner planner = new Planner();
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.node("pg1921").lostSlots.add(new NodeName("pg1924"));
    }

    @Test
    void before18ItCanOnlyHaveKeptTooMuch() {
        assertThat(cause()).isEqualTo("it kept more than max_slot_wal_keep_size allows");
    }

    @Test
    void from18OnItMayHaveBeenUnusedForTooLong() {
        cluster.node("pg1921").version = new PgVersion(180006);

        assertThat(cause())
                .isEqualTo("it kept more than max_slot_wal_keep_size allows, or was unused for longer than"
                        + " idle_replication_slot_timeout");
    }

    private String cause() {
        return ClusterDrift.of(cluster.topology(), cluster.observe()).differences().stream()
                .filter(difference -> difference.kind() == DriftKind.SLOT_LOST)
                .map(difference -> difference.cause().orElse(""))
                .findFirst()
                .orElseThrow();
    }
}
