package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.OURS;
import static io.pgherder.controller.drift.RunningPg1.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

/** What may be a secret is told by neither side of a difference. */
class SecretSettingTest {
    private static final NodeName PG1 = new NodeName("pg1");

    @Test
    void ofACommandOnlyItsProgramIsTold() {
        assertThat(told("archive_command", "sshpass -p hunter2 push %p", "/opt/push %p hunter3"))
                .containsExactly("settings.archive_command: declared sshpass ****, observed /opt/push ****;"
                        + " it stands in /data/pg1/postgresql.conf:7");
    }

    @Test
    void commandsThatDifferInWhatIsNotToldAreSaidToDiffer() {
        assertThat(told("archive_command", "sshpass -p hunter2 push %p", "sshpass -p hunter3 push %p"))
                .containsExactly("settings.archive_command: declared sshpass ****,"
                        + " observed another value, which may hold a secret;"
                        + " it stands in /data/pg1/postgresql.conf:7");
    }

    @Test
    void aSettingThatIsNamedLikeOneIsNotToldAtAll() {
        assertThat(told("x.password", "hunter2", "hunter3"))
                .containsExactly("settings.x.password: declared ****, observed another value, which may hold a secret;"
                        + " it stands in /data/pg1/postgresql.conf:7");
        assertThat(told("ssl_passphrase_command", "echo hunter2", ""))
                .containsExactly("settings.ssl_passphrase_command: declared ****, observed empty;"
                        + " it stands in /data/pg1/postgresql.conf:7");
    }

    @Test
    void aLineOfPgherderConfIsToldWithoutIt() {
        List<String> lines = lines(new TopologyBuilder()
                .primary("pg1")
                .setting("x.password", "hunter3")
                .setting("archive_command", "AWS_SECRET_ACCESS_KEY=hunter3 push %p")
                .build());
        // The server has not read what was edited, and has what is declared.
        List<Setting> inForce =
                List.of(setting("x.password", "hunter2", OURS), setting("archive_command", "cp %p /archive/%f", OURS));
        Topology declared = new TopologyBuilder()
                .primary("pg1")
                .setting("x.password", "hunter2")
                .setting("archive_command", "cp %p /archive/%f")
                .build();

        assertThat(differences(declared, lines, inForce))
                .contains(
                        "settings.archive_command: declared cp %p /archive/%f, observed **** in pgherder.conf;"
                                + " the topology has changed since it was applied, or pgherder.conf was edited",
                        "settings.x.password: declared ****, observed another value, which may hold a secret in"
                                + " pgherder.conf; the topology has changed since it was applied, or pgherder.conf was"
                                + " edited");
    }

    private static List<String> told(String name, String declared, String inForce) {
        Topology topology =
                new TopologyBuilder().primary("pg1").setting(name, declared).build();
        return differences(topology, lines(topology), List.of(setting(name, inForce, "/data/pg1/postgresql.conf")))
                .stream()
                .filter(line -> line.startsWith("settings." + name))
                .toList();
    }

    private static Setting setting(String name, String inForce, String file) {
        return new Setting(name, inForce, inForce, "", "sighup", "string", false, "configuration file", file, 7);
    }

    private static List<String> differences(Topology topology, List<String> lines, List<Setting> settings) {
        ClusterObservation empty = new SimulatedCluster(topology).observe();
        NodeObservation seen = new NodeObservation.Seen(
                PG1,
                new SideBySide(topology, empty).ground(PG1).orElseThrow(),
                RunningPg1.with(lines, Optional.empty(), settings, WRITTEN),
                List.of());
        List<String> told = ClusterDrift.of(topology, new ClusterObservation(List.copyOf(empty.hosts()), List.of(seen)))
                .differencesOf(PG1)
                .stream()
                .map(Difference::inOneLine)
                .toList();
        assertThat(told).isNotEmpty().noneMatch(line -> line.contains("hunter"));
        return told;
    }

    private static List<String> lines(Topology topology) {
        List<String> lines = new ArrayList<>();
        SettingsDrift.writtenOn(new OwnLines(topology, PG1, Optional.empty()))
                .forEach((name, value) -> lines.add(name + " = '" + value + "'"));
        return lines;
    }
}
