package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.FileStamp;
import io.pgherder.controller.simulation.SimulatedCluster;
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

/** Files that are newer than the last load, the text of which is older: as chmod leaves them, and mv. */
class UnclearLoadTest {
    private static final String HBA = "/data/pg1/pg_hba.conf";

    private static final Instant LOADED = WRITTEN.minusSeconds(1);
    private static final String NOBODY_KNOWS =
            "its text is older than the last reload, but it was moved or copied here since, or its permissions"
                    + " or times were changed";
    private static final String SETTINGS = "settings: declared pgherder.conf as it is, observed ";
    private static final String RULES = "hba: declared the rules of " + HBA + " in force, observed ";

    private final Topology topology = new TopologyBuilder()
            .primary("pg1")
            .hba(List.of("host all all all trust"))
            .build();
    private final OwnLines own = new SideBySide(topology, new SimulatedCluster(topology).observe()).ownLines(PG1);

    @Test
    void aTextThatIsOlderThanTheLoadIsNotCalledWritten() {
        assertThat(told(LOADED))
                .containsExactly(
                        SETTINGS + "nobody knows whether the server has read it; " + NOBODY_KNOWS,
                        RULES + "nobody knows whether the server has read them; " + NOBODY_KNOWS);
    }

    @Test
    void aTextThatIsNewerIs() {
        assertThat(told(LOADED.plusMillis(1)))
                .containsExactly(
                        SETTINGS + "the server has not read it since it was written; nobody has reloaded since",
                        RULES + "the server has not read them; the file is newer than the last reload");
    }

    @Test
    void aReloadIsPlannedForIt() {
        InstanceState pg1 = pg1(LOADED);

        assertThat(SettingsDrift.of(own, pg1).loaded()).isFalse();
        assertThat(HbaDrift.isInForce(topology, pg1)).isFalse();
    }

    private List<String> told(Instant textWritten) {
        return RunningPg1.differences(topology, pg1(textWritten)).stream()
                .filter(difference -> difference.kind().name().endsWith("_NOT_LOADED"))
                .map(Difference::inOneLine)
                .toList();
    }

    private InstanceState pg1(Instant textWritten) {
        List<String> lines = new ArrayList<>();
        SettingsDrift.writtenOn(own).forEach((name, value) -> lines.add(name + " = '" + value + "'"));
        ConfigFile hba = new ConfigFile(
                HBA, List.of("local all postgres peer", "host all all all trust"), 0, true, WRITTEN, false);
        return RunningPg1.stamped(
                RunningPg1.with(lines, Optional.of(hba), List.of(), LOADED),
                new FileStamp(OURS, "postgres", textWritten),
                new FileStamp(HBA, "postgres", textWritten));
    }
}
