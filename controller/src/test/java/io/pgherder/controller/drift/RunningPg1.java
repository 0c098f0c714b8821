package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.FileStamp;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.PgVersion;
import io.pgherder.controller.sample.BrokenFiles;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A primary that runs, of which only its configuration matters. */
final class RunningPg1 {
    static final NodeName PG1 = new NodeName("pg1");
    static final String OURS = "/data/pg1/pgherder.conf";
    static final Instant WRITTEN = Instant.parse("2026-11-23T01:00:00.123Z");

    private RunningPg1() {}

    /** How it differs from the topology, which has no other node. */
    static List<Difference> differences(Topology topology, InstanceState pg1) {
        ClusterObservation empty = new SimulatedCluster(topology).observe();
        Ground ground = new SideBySide(topology, empty).ground(PG1).orElseThrow();
        NodeObservation seen = new NodeObservation.Seen(PG1, withPostgresConf(ground), pg1, List.of());
        return ClusterDrift.of(topology, new ClusterObservation(List.copyOf(empty.hosts()), List.of(seen)))
                .differencesOf(PG1);
    }

    private static Ground withPostgresConf(Ground empty) {
        return new Ground(
                empty.dataDir(),
                empty.walDir(),
                Optional.of(new ConfigDirectory(empty.dataDir().path(), true, false, Optional.empty())),
                empty.port(),
                empty.listener(),
                empty.vanishedRecord(),
                empty.reach());
    }

    /**
     * @param lines of pgherder.conf, written at {@link #WRITTEN}
     * @param settings that the server reports
     */
    static InstanceState with(List<String> lines, Optional<ConfigFile> hba, List<Setting> settings, Instant loadedAt) {
        return with(lines, hba, settings, loadedAt, List.of());
    }

    /** One that reports no setting, and cannot read its files. */
    static InstanceState with(List<String> lines, List<String> configErrors) {
        return with(lines, Optional.empty(), List.of(), WRITTEN, configErrors);
    }

    /** The same, whose postgresql.conf has lines behind the one that includes pgherder.conf. */
    static InstanceState withoutTheLastWord(InstanceState instance) {
        return new InstanceState(
                instance.control(),
                instance.process(),
                instance.standbySignal(),
                instance.recoverySignal(),
                instance.server(),
                instance.managedSettings()
                        .map(file -> new ConfigFile(
                                file.path(), file.lines(), file.linesLeftOut(), false, file.writtenAt(), false)),
                instance.hba(),
                instance.passfile(),
                instance.files(),
                instance.unreadableFiles(),
                instance.history(),
                instance.atRest(),
                instance.refused(),
                instance.problems());
    }

    /** One whose postgresql.conf does not end with pgherder.conf: its files say this, in the order in which they are read. */
    static InstanceState withoutTheLastWord(FileEntry... entries) {
        return withoutTheLastWord(
                with(List.of(), Optional.empty(), server(false, List.of(), WRITTEN, List.of(), List.of(entries))));
    }

    /** The same, of whose files it is known when their texts were written. */
    static InstanceState stamped(InstanceState instance, FileStamp... stamps) {
        return new InstanceState(
                instance.control(),
                instance.process(),
                instance.standbySignal(),
                instance.recoverySignal(),
                instance.server(),
                instance.managedSettings(),
                instance.hba(),
                instance.passfile(),
                List.of(stamps),
                instance.unreadableFiles(),
                instance.history(),
                instance.atRest(),
                instance.refused(),
                instance.problems());
    }

    private static InstanceState with(
            List<String> lines,
            Optional<ConfigFile> hba,
            List<Setting> settings,
            Instant loadedAt,
            List<String> configErrors) {
        return with(lines, hba, server(false, settings, loadedAt, configErrors));
    }

    private static InstanceState with(List<String> lines, Optional<ConfigFile> hba, ServerFacts server) {
        return new InstanceState(
                Optional.empty(),
                ProcessState.ACCEPTING,
                false,
                false,
                Optional.of(server),
                Optional.of(new ConfigFile(OURS, lines, 0, true, WRITTEN, false)),
                hba,
                PasswordMatch.UNKNOWN,
                List.of(),
                List.of(),
                List.of(),
                FileErrors.NONE,
                Optional.empty(),
                List.of());
    }

    static ServerFacts server(boolean inRecovery, List<Setting> settings, Instant loadedAt, List<String> configErrors) {
        return server(inRecovery, settings, loadedAt, configErrors, List.of());
    }

    private static ServerFacts server(
            boolean inRecovery,
            List<Setting> settings,
            Instant loadedAt,
            List<String> configErrors,
            List<FileEntry> entries) {
        return new ServerFacts(
                new PgVersion(150018),
                inRecovery,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                settings,
                List.of(),
                BrokenFiles.of(configErrors),
                FileErrors.NONE,
                FileErrors.NONE,
                0,
                Optional.empty(),
                Optional.of(32L << 20),
                loadedAt,
                List.of(),
                Optional.of(entries),
                Optional.of(List.of()),
                Optional.of(List.of()),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of());
    }
}
