package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnLinesTest {
    private static final NodeName PG2 = new NodeName("pg2");
    private static final Topology TOPOLOGY =
            new TopologyBuilder().primary("pg1").standby("pg2").build();

    private final OwnLines own = new OwnLines(TOPOLOGY, PG2, Optional.of("/var/run/postgresql"));

    @Test
    void whereTheAgentHasSocketsStandsInNoFileThatDeclaresThem() {
        OwnLines declared = new OwnLines(
                TopologyBuilder.withSetting(TOPOLOGY, OwnLines.SOCKETS, "/tmp"),
                PG2,
                Optional.of("/var/run/postgresql"));

        assertThat(own.values()).containsEntry(OwnLines.SOCKETS, "/var/run/postgresql");
        assertThat(declared.values()).doesNotContainKey(OwnLines.SOCKETS);
    }

    @Test
    void aStandbyThatPgherderConfHasStartedToStayOnItsTimelineIsToStartAnew() {
        assertThat(own.inForce(server(true, "/data/pg2/pgherder.conf")))
                .containsKeys("port", "recovery_target_timeline");
    }

    @Test
    void oneThatAPersonsFileHasStartedSoIsLeftToThatPerson() {
        ServerFacts standby = server(true, "/data/pg2/postgresql.conf");

        assertThat(own.inForce(standby)).containsOnlyKeys("port");
        assertThat(own.leavesRestartOf("recovery_target_timeline", standby)).isTrue();
    }

    @Test
    void toAPrimaryItMeansNothing() {
        ServerFacts primary = server(false, "/data/pg2/pgherder.conf");

        assertThat(own.inForce(primary)).containsOnlyKeys("port");
        assertThat(own.leavesRestartOf("recovery_target_timeline", primary)).isFalse();
    }

    private static ServerFacts server(boolean inRecovery, String file) {
        Setting timeline = new Setting(
                "recovery_target_timeline",
                "current",
                "current",
                "",
                "postmaster",
                "string",
                false,
                "configuration file",
                file,
                3);
        return RunningPg1.server(inRecovery, List.of(timeline), RunningPg1.WRITTEN, List.of());
    }
}
