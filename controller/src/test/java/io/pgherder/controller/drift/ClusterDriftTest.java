package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterDriftTest {
    private static final NodeName PG1922 = new NodeName("pg1922");

    private final Topology t5 = TopologyBuilder.t5();

    @Test
    void withinSomeNodesIsWhatIsAboutThemAndAboutTheirHosts() {
        Difference node = about(new Subject(Optional.of(PG1922), hostOf(PG1922)));
        Difference host = about(new Subject(Optional.empty(), hostOf(PG1922)));
        Difference otherNode = about(new Subject(Optional.of(t5.primary()), hostOf(t5.primary())));
        Difference otherHost = about(new Subject(Optional.empty(), hostOf(t5.primary())));
        assertThat(hostOf(t5.primary())).isNotEqualTo(hostOf(PG1922));

        ClusterDrift drift = new ClusterDrift(t5, List.of(node, host, otherNode, otherHost)).within(PG1922::equals);

        assertThat(drift.differences()).containsExactly(node, host);
    }

    private String hostOf(NodeName node) {
        return t5.node(node).host();
    }

    private static Difference about(Subject subject) {
        return Difference.of(subject, DriftKind.AGENT_VERSION, FieldPath.of("hosts"), "agent 2", "agent 1");
    }
}
