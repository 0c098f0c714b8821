package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.OURS;
import static io.pgherder.controller.drift.RunningPg1.PG1;
import static io.pgherder.controller.drift.RunningPg1.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

/** An undeclared fsync = off, told with the file that says so, wherever that is. */
class UnsafeSettingTest {
    private static final String LOSES =
            "settings.fsync: declared fsync = on, observed off: a crash of the host" + " loses data; ";
    private static final String TAKE_IT_AWAY =
            "; to do: take it away there; or declare it under settings, if it is wanted";

    private final Topology topology = new TopologyBuilder().primary("pg1").build();

    @Test
    void aboveTheIncludeItStandsInPostgresqlConf() {
        assertThat(unsafe(server(lines(), WRITTEN, fsync("/data/pg1/postgresql.conf", 817))))
                .containsExactly(LOSES + "it stands in /data/pg1/postgresql.conf:817" + TAKE_IT_AWAY);
    }

    @Test
    void inAnIncludedDirectoryItStandsThere() {
        assertThat(unsafe(server(lines(), WRITTEN, fsync("/data/pg1/conf.d/20-more.conf", 1))))
                .containsExactly(LOSES + "it stands in /data/pg1/conf.d/20-more.conf:1" + TAKE_IT_AWAY);
    }

    @Test
    void belowTheIncludeItStandsInPostgresqlConf() {
        assertThat(unsafe(RunningPg1.withoutTheLastWord(
                        server(lines(), WRITTEN, fsync("/data/pg1/postgresql.conf", 820)))))
                .containsExactly(LOSES + "it stands in /data/pg1/postgresql.conf:820" + TAKE_IT_AWAY);
    }

    @Test
    void oneThatPgherderConfHasIsTakenOutByAPlan() {
        List<String> lines = lines();
        lines.add("fsync = off");

        assertThat(unsafe(server(lines, WRITTEN, fsync(OURS, 9))))
                .containsExactly(LOSES + "pgherder.conf has off: the topology has changed since it was applied, or that"
                        + " file was edited");
    }

    @Test
    void oneThatPgherderConfHadGoesWithTheNextReload() {
        assertThat(unsafe(server(lines(), WRITTEN.minusSeconds(1), fsync(OURS, 9))))
                .containsExactly(LOSES + "pgherder.conf had it when the server read it last, and has it no more");
    }

    private List<String> unsafe(InstanceState pg1) {
        return RunningPg1.differences(topology, pg1).stream()
                .filter(difference -> difference.kind() == DriftKind.UNSAFE_SETTING)
                .map(Difference::inOneLine)
                .toList();
    }

    private static InstanceState server(List<String> lines, Instant loadedAt, Setting fsync) {
        return RunningPg1.with(lines, Optional.empty(), List.of(fsync), loadedAt);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        SettingsDrift.writtenOn(new OwnLines(topology, PG1, Optional.empty()))
                .forEach((name, value) -> lines.add(name + " = '" + value + "'"));
        return lines;
    }

    private static Setting fsync(String file, int line) {
        return new Setting("fsync", "off", "off", "", "sighup", "bool", false, "configuration file", file, line);
    }
}
