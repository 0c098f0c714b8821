package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.OURS;
import static io.pgherder.controller.drift.RunningPg1.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

/** Lines of pgherder.conf that nobody declares as settings, and values that are told or written in their own way. */
class PlaceDriftTest {
    private static final NodeName PG1 = new NodeName("pg1");

    private final TopologyBuilder builder = new TopologyBuilder().primary("pg1");

    @Test
    void aFileAsTheAgentWritesItIsWritten() {
        assertThat(drift(lines(), port("1921", OURS)).isWritten()).isTrue();
    }

    @Test
    void aServerThatHasLostItsPortIsSentBackToIt() {
        List<String> lines = lines();
        lines.removeIf(line -> line.startsWith("port"));

        SettingsDrift drift = drift(lines, port("5432", ""));

        assertThat(drift.unwritten()).containsExactly("port");
        assertThat(drift.awaitingRestart()).containsExactly("port");
    }

    @Test
    void aServerOnAnotherPortThanItsFileSaysIsNotThere() {
        assertThat(drift(lines(), port("5432", "")).awaitingRestart()).containsExactly("port");
    }

    @Test
    void aServerThatIsStillCalledOtherwiseIsNotRestartedForThat() {
        List<String> lines = lines();
        lines.replaceAll(line -> line.replace("'pg1'", "'pg9'"));

        SettingsDrift drift = drift(lines, port("1921", OURS));

        assertThat(drift.unwritten()).containsExactly("cluster_name");
        assertThat(drift.awaitingRestart()).isEmpty();
    }

    @Test
    void anEmptyValueIsWrittenToo() {
        builder.setting("shared_preload_libraries", "");
        List<String> lines = lines();
        lines.removeIf(line -> line.startsWith("shared_preload_libraries"));

        assertThat(drift(lines, port("1921", OURS)).unwritten()).containsExactly("shared_preload_libraries");
        assertThat(drift(lines(), port("1921", OURS)).isWritten()).isTrue();
    }

    @Test
    void aValueWithAPasswordIsComparedWithoutIt() {
        builder.setting("archive_command", "RSYNC_PASSWORD=geheim rsync %p backup::wal/%f");
        List<String> lines = lines();
        lines.replaceAll(line -> line.replace("geheim", "****"));
        List<String> others = lines();
        others.replaceAll(line -> line.replace("geheim", "****").replace("backup", "other"));

        assertThat(drift(lines, port("1921", OURS)).isWritten()).isTrue();
        assertThat(drift(others, port("1921", OURS)).unwritten()).containsExactly("archive_command");
    }

    private Topology topology() {
        return builder.build();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        SettingsDrift.writtenOn(own()).forEach((key, text) -> lines.add(key + " = '" + text + "'"));
        return lines;
    }

    private OwnLines own() {
        return new OwnLines(topology(), PG1, Optional.of("/var/run/postgresql"));
    }

    private static Setting port(String inForce, String file) {
        return new Setting(
                "port",
                inForce,
                inForce,
                "",
                "postmaster",
                "integer",
                false,
                file.isEmpty() ? "default" : "configuration file",
                file,
                file.isEmpty() ? 0 : 3);
    }

    private SettingsDrift drift(List<String> lines, Setting port) {
        return SettingsDrift.of(own(), RunningPg1.with(lines, Optional.empty(), List.of(port), WRITTEN));
    }
}
