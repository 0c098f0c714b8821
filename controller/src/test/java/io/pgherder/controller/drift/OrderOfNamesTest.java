package io.pgherder.controller.drift;

import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderOfNamesTest {
    private static final String NAMES = "synchronous_standby_names";

    private final SimulatedCluster cluster = new SimulatedCluster(group("pg2", "pg3"));

    private static Topology group(String first, String second) {
        return new TopologyBuilder()
                .primary("pg1")
                .standby("pg2")
                .standby("pg3")
                .any(1, "pg1", first, second)
                .build();
    }

    private Plan plan() {
        return new Planner().plan(cluster.topology(), cluster.observe());
    }

    private List<String> differences() {
        return ClusterDrift.of(cluster.topology(), cluster.observe()).differences().stream()
                .map(difference -> difference.subject() + " " + difference.kind() + " " + difference.inOneLine())
                .toList();
    }

    @BeforeEach
    void isBuiltAndItsFileHasTheMembersInAnotherOrderSince() {
        new RandomWalk(cluster, plan(), new Random(1)).toTheEnd();
        cluster.declare(group("pg3", "pg2"));
    }

    @Test
    void anotherOrderOfAnyIsTheSamePromise() {
        assertThat(differences()).isEmpty();
        assertThat(plan().steps()).isEmpty();
    }

    @Test
    void inThatOrderAnotherRuleThatWaitsForAReloadIsTold() {
        cluster.node("pg1").edit(NAMES, "ANY 1 (*)");

        assertThat(differences())
                .containsExactly("pg1 MANAGED_FILE settings.synchronous_standby_names: declared ANY 1 (pg3, pg2),"
                        + " observed ANY 1 (*) in pgherder.conf; the topology has changed since it was applied, or"
                        + " pgherder.conf was edited");
        assertThat(plan().steps())
                .extracting(step -> step.action().node() + " " + step.action().words())
                .containsExactly("pg1 write settings: synchronous_standby_names", "pg1 reload");
    }

    @Test
    void whatAlterSystemSaysInAnotherOrderIsTold() {
        cluster.node("pg1").alterSystem(NAMES, "ANY 1 (pg2, pg3)");

        assertThat(differences())
                .containsExactly("pg1 SHADOWED settings.synchronous_standby_names: declared decided by pgherder.conf:"
                        + " ANY 1 (pg3, pg2), observed decided by postgresql.auto.conf: ANY 1 (pg2, pg3); ALTER SYSTEM"
                        + " set it: it stands in /data/postgresql.auto.conf:1");
        assertThat(plan().steps())
                .extracting(step -> step.action().node() + " " + step.action().words())
                .containsExactly("pg1 ALTER SYSTEM RESET synchronous_standby_names", "pg1 reload");
    }
}
