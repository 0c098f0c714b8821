package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.PgVersion;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Minor versions that differ, which no machine with one installation can show. */
class VersionsAgreeTest {
    private final SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());

    VersionsAgreeTest() {
        Planner planner = new Planner();
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
    }

    @Test
    void aStandbyOfAnotherMinorVersionDiffersFromThePrimaryAndFromWhatIsInstalled() {
        cluster.node("pg1923").version = new PgVersion(150017);

        assertThat(ClusterDrift.of(cluster.topology(), cluster.observe()).differences())
                .extracting(difference ->
                        difference.subject() + " " + difference.kind().word() + " " + difference.inOneLine())
                .containsExactly(
                        "pg1923 other_minor_version postgres.version: declared the minor version of the primary, 15.18,"
                                + " observed runs 15.17; to do: install the same programs on db3 and on the primary's host,"
                                + " and restart; standbys first",
                        "pg1923 other_minor_version postgres.version: declared the installed programs, 15.18, observed runs"
                                + " 15.17; the programs were exchanged since it was started; to do: restart it;"
                                + " standbys first");
    }
}
