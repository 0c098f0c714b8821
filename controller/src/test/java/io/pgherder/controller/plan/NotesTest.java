package io.pgherder.controller.plan;

import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NotesTest {
    private final Planner planner = new Planner();

    @Test
    void rulesInAFileThatTheServerDoesNotReadAreNotPassedOverInSilence() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.node("pg1923").readsAnotherHba = true;

        Plan plan = planner.plan(cluster.topology(), cluster.observe());
        assertThat(plan.notes())
                .extracting(Note::text)
                .containsExactly("pg1923: the server reads another file than /data01/pg/pg_root1923/pg_hba.conf:"
                        + " what is declared under hba is not in force; is hba_file set?");
        assertThat(plan.notAsDeclared()).isEqualTo(plan.notes());
    }

    @Test
    void ofDeclaredRulesWithABrokenLineNoneIsInForce() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.node("pg1923").hbaErrors = List.of("pg_hba.conf:2: invalid authentication method");

        assertThat(planner.plan(cluster.topology(), cluster.observe()).notAsDeclared())
                .extracting(Note::text)
                .containsExactly(
                        "pg1923: a broken line voids every reload: pg_hba.conf:2: invalid authentication method");
    }

    @Test
    void aFileThatTheServerCannotOpenIsNoBrokenLine() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        String error = "could not open configuration file \"/data01/pg/pg_root1923/pg_hba.conf\": Permission denied";
        cluster.node("pg1923").hbaErrors = List.of(error);

        assertThat(planner.plan(cluster.topology(), cluster.observe()).notAsDeclared())
                .extracting(Note::text)
                .containsExactly("pg1923: a file that cannot be opened voids every reload: " + error);
    }
}
