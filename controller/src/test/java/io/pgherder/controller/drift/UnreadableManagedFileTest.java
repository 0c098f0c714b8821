package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.OURS;
import static org.assertj.core.api.Assertions.assertThat;

/** A pgherder.conf that neither the agent nor the server may read is not written over: a person lets them in. */
class UnreadableManagedFileTest {
    private static final String BROKEN = "settings: declared configuration files that the server can read, observed"
            + " /data/pg1/postgresql.conf:820: could not open file \"" + OURS
            + "\"; with it, a reload takes nothing of any file, and the next start fails";

    private final Topology topology = new TopologyBuilder().primary("pg1").build();

    @Test
    void closedItIsAPersonsToDo() {
        assertThat(broken(List.of(OURS)))
                .containsExactly(BROKEN + "; to do: let the account of the server read it, and reload");
    }

    @Test
    void goneItIsWrittenAnew() {
        assertThat(broken(List.of())).containsExactly(BROKEN);
    }

    private List<String> broken(List<String> unreadable) {
        InstanceState pg1 = RunningPg1.with(
                List.of(), List.of("/data/pg1/postgresql.conf:820: could not open file \"" + OURS + "\""));
        InstanceState withoutIt = new InstanceState(
                pg1.control(),
                pg1.process(),
                pg1.standbySignal(),
                pg1.recoverySignal(),
                pg1.server(),
                Optional.empty(),
                pg1.hba(),
                pg1.passfile(),
                pg1.files(),
                unreadable,
                pg1.history(),
                pg1.atRest(),
                pg1.refused(),
                pg1.problems());
        return RunningPg1.differences(topology, withoutIt).stream()
                .filter(difference -> difference.kind() == DriftKind.BROKEN_CONFIGURATION)
                .map(Difference::inOneLine)
                .toList();
    }
}
