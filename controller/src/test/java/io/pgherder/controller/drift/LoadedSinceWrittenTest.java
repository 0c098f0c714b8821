package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.OURS;
import static io.pgherder.controller.drift.RunningPg1.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

/** What is on disk is in force only if the server has read it since; what it has read is in force however it is spelled. */
class LoadedSinceWrittenTest {
    private static final NodeName PG1 = new NodeName("pg1");
    private static final Instant BEFORE = WRITTEN.minusMillis(1);

    @Test
    void aValueThatTheServerChoseItselfNeedsNoRestart() {
        Setting walBuffers =
                setting("wal_buffers", "4MB", "512", "8kB", "postmaster", "integer", false, "override", "");

        SettingsDrift drift = drift("wal_buffers", "-1", walBuffers, WRITTEN);

        assertThat(drift.awaitingRestart()).isEmpty();
        assertThat(drift.unloaded()).isEmpty();
    }

    @Test
    void anArchiveCommandIsInForceThoughNothingIsArchived() {
        Setting command = setting(
                "archive_command",
                "(disabled)",
                "(disabled)",
                "",
                "sighup",
                "string",
                false,
                "configuration file",
                OURS);

        assertThat(drift("archive_command", "cp %p /archive/%f", command, WRITTEN)
                        .unloaded())
                .isEmpty();
        assertThat(drift("archive_command", "cp %p /archive/%f", command, BEFORE)
                        .unloaded())
                .containsExactly("archive_command");
    }

    @Test
    void anotherWordForTheSameNeedsNeitherRestartNorReload() {
        Setting walLevel = enumeration("wal_level", "replica", "postmaster", false);
        Setting compression = enumeration("wal_compression", "pglz", "superuser", false);

        assertThat(drift("wal_level", "hot_standby", walLevel, WRITTEN).awaitingRestart())
                .isEmpty();
        assertThat(drift("wal_compression", "on", compression, WRITTEN).unloaded())
                .isEmpty();
    }

    @Test
    void whatWaitsForARestartIsNotInForce() {
        Setting pending = enumeration("wal_level", "replica", "postmaster", true);

        assertThat(drift("wal_level", "logical", pending, WRITTEN).awaitingRestart())
                .containsExactly("wal_level");
    }

    @Test
    void whatIsInForceAsDeclaredAndWaitsForARestartAllTheSameIsDecidedElsewhere() {
        Setting pending = enumeration("wal_level", "logical", "postmaster", true);

        assertThat(drift("wal_level", "logical", pending, WRITTEN).undecided()).containsExactly("wal_level");
        assertThat(drift("wal_level", "logical", pending, BEFORE).undecided())
                .as("our own file may say what waits")
                .isEmpty();
    }

    @Test
    void aFileThatIsNewerThanTheLastLoadIsNotInForce() {
        Setting compression = enumeration("wal_compression", "off", "superuser", false);

        SettingsDrift drift = drift("wal_compression", "on", compression, BEFORE);

        assertThat(drift.loaded()).isFalse();
        assertThat(drift.unloaded()).containsExactly("wal_compression");
    }

    @Test
    void aLineThatIsGoneAndWasNeverUnloadedIsFound() {
        Setting gone = enumeration("wal_compression", "lz4", "superuser", false);
        Setting goneForRestart = enumeration("huge_pages", "off", "postmaster", true);

        assertThat(drift("work_mem", "4MB", gone, BEFORE).unloaded()).contains("wal_compression");
        assertThat(drift("work_mem", "4MB", goneForRestart, WRITTEN).awaitingRestart())
                .containsExactly("huge_pages");
    }

    @Test
    void aSettingThatIsNotReportedIsUnknownUnlessTheServerCannotReadItsFiles() {
        Topology topology = new TopologyBuilder()
                .primary("pg1")
                .setting("TimeZone", "Etc/UTC")
                .build();
        InstanceState silent = RunningPg1.with(List.of(), Optional.empty(), List.of(), BEFORE);
        String broken = "/data/pg1/postgresql.conf:3: syntax error";

        assertThat(SettingsDrift.of(own(topology), silent).unknown()).contains("TimeZone");
        assertThat(SettingsDrift.of(own(topology), RunningPg1.with(List.of(), List.of(broken)))
                        .unknown())
                .isEmpty();
    }

    @Test
    void hbaRulesThatTheServerHasNotReadLetNobodyIn() {
        Topology topology = new TopologyBuilder()
                .primary("pg1")
                .hba(List.of("host all all all trust"))
                .build();
        ConfigFile hba = new ConfigFile(
                "/data/pg1/pg_hba.conf",
                List.of("local all postgres peer", "host all all all trust"),
                0,
                true,
                WRITTEN,
                false);

        assertThat(HbaDrift.isInForce(topology, RunningPg1.with(List.of(), Optional.of(hba), List.of(), BEFORE)))
                .isFalse();
        assertThat(HbaDrift.isInForce(topology, RunningPg1.with(List.of(), Optional.of(hba), List.of(), WRITTEN)))
                .isTrue();
    }

    private static SettingsDrift drift(String name, String value, Setting inForce, Instant loadedAt) {
        Topology topology =
                new TopologyBuilder().primary("pg1").setting(name, value).build();
        List<String> lines = new ArrayList<>();
        SettingsDrift.writtenOn(own(topology)).forEach((key, text) -> lines.add(key + " = '" + text + "'"));
        return SettingsDrift.of(own(topology), RunningPg1.with(lines, Optional.empty(), List.of(inForce), loadedAt));
    }

    private static OwnLines own(Topology topology) {
        return new OwnLines(topology, PG1, Optional.empty());
    }

    private static Setting enumeration(String name, String value, String context, boolean pendingRestart) {
        return setting(name, value, value, "", context, "enum", pendingRestart, "configuration file", OURS);
    }

    private static Setting setting(
            String name,
            String value,
            String raw,
            String unit,
            String context,
            String type,
            boolean pendingRestart,
            String source,
            String file) {
        return new Setting(name, value, raw, unit, context, type, pendingRestart, source, file, file.isEmpty() ? 0 : 3);
    }
}
