package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.PG1;
import static org.assertj.core.api.Assertions.assertThat;

/** Where sockets are is written by the agent, and waits for whoever restarts the server, unless the server is to do without pgherder.conf. */
class OwnLinesWaitingTest {

    private final Topology topology = new TopologyBuilder().primary("pg1").build();
    private final SideBySide look = new SideBySide(topology, new SimulatedCluster(topology).observe());

    @Test
    void whatItWritesIsPutInForceByAPersonsRestart() {
        assertThat(waiting(instance()))
                .containsExactly("settings.unix_socket_directories: declared nothing that waits for a restart, observed"
                        + " unix_socket_directories = /tmp in force, and another value that waits; no file has it any more;"
                        + " to do: restart pg1, or take that back; or declare the setting");
    }

    @Test
    void nobodyRestartsOneThatWouldLoseAllOfPgherderConf() {
        assertThat(waiting(RunningPg1.withoutTheLastWord(instance()))).isEmpty();
    }

    private List<String> waiting(InstanceState pg1) {
        return RunningPg1.differences(topology, pg1).stream()
                .filter(difference -> difference.kind() == DriftKind.AWAITING_RESTART)
                .map(Difference::inOneLine)
                .toList();
    }

    private InstanceState instance() {
        List<String> lines = new ArrayList<>();
        SettingsDrift.writtenOn(look.ownLines(PG1)).forEach((name, value) -> lines.add(name + " = '" + value + "'"));
        Setting sockets = new Setting(
                OwnLines.SOCKETS, "/tmp", "/tmp", "", "postmaster", "string", true, "configuration file", "", 0);
        return RunningPg1.with(lines, Optional.empty(), List.of(sockets), RunningPg1.WRITTEN);
    }
}
