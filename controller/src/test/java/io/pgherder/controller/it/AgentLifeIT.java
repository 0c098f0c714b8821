package io.pgherder.controller.it;

import io.pgherder.controller.testing.AgentProcess;
import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** Agents and PostgreSQL have separate lives. */
class AgentLifeIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.pair();

    private final TestCluster cluster;

    AgentLifeIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void anAgentThatIsRestartedLeavesItsInstancesAlone() {
        long primary = cluster.postmasterPid("n1");
        long standby = cluster.postmasterPid("n2");

        cluster.agents().forEach(AgentProcess::restart);

        assertStillStreaming(primary, standby);
    }

    @Test
    void anAgentThatIsKilledLeavesItsInstancesAlone() {
        long primary = cluster.postmasterPid("n1");
        long standby = cluster.postmasterPid("n2");

        cluster.agents().forEach(AgentProcess::kill);
        assertThat(cluster.followers("n1")).as("while no agent runs").containsExactly("n2");
        cluster.agents().forEach(AgentProcess::start);

        assertStillStreaming(primary, standby);
    }

    private void assertStillStreaming(long primary, long standby) {
        assertThat(cluster.postmasterPid("n1")).isEqualTo(primary);
        assertThat(cluster.postmasterPid("n2")).isEqualTo(standby);
        assertWhole(cluster);
    }
}
