package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.OURS;
import static org.assertj.core.api.Assertions.assertThat;

/** A symbolic link where a file of pgherder's belongs: what it leads to is read, and no agent writes through it. */
class LinkedFileTest {
    private static final String HBA = "/data/pg1/pg_hba.conf";
    private static final String REST =
            " is a file of its own, observed it is a symbolic link; agents do not write through links:"
                    + " a change of it is refused; to do: put a copy of what it leads to in its place";

    private final TopologyBuilder builder = new TopologyBuilder().primary("pg1");

    @Test
    void aManagedFileThatIsALinkIsAPersonsToDo() {
        assertThat(told(builder.build(), true, false)).containsExactly("settings: declared " + OURS + REST);
    }

    @Test
    void pgHbaConfTooWhereItIsDeclared() {
        Topology topology = builder.hba(List.of("local all all peer")).build();

        assertThat(told(topology, false, true)).containsExactly("hba: declared " + HBA + REST);
    }

    @Test
    void aFileOfItsOwnIsAsItShouldBe() {
        assertThat(told(builder.build(), false, false)).isEmpty();
    }

    private static List<String> told(Topology topology, boolean settingsAreALink, boolean hbaIsALink) {
        InstanceState pg1 = RunningPg1.with(List.of(), List.of());
        ConfigFile managed = pg1.managedSettings().orElseThrow();
        InstanceState seen = new InstanceState(
                pg1.control(),
                pg1.process(),
                pg1.standbySignal(),
                pg1.recoverySignal(),
                pg1.server(),
                Optional.of(linked(managed.path(), managed.lines(), settingsAreALink)),
                Optional.of(linked(HBA, List.of("local all all peer"), hbaIsALink)),
                pg1.passfile(),
                pg1.files(),
                pg1.unreadableFiles(),
                pg1.history(),
                pg1.atRest(),
                pg1.refused(),
                pg1.problems());
        return RunningPg1.differences(topology, seen).stream()
                .filter(difference -> difference.kind() == DriftKind.NOT_MANAGED)
                .map(Difference::inOneLine)
                .toList();
    }

    private static ConfigFile linked(String path, List<String> lines, boolean isALink) {
        return new ConfigFile(path, lines, 0, true, Instant.EPOCH, isALink);
    }
}
