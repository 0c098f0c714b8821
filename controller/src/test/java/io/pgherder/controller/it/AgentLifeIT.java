package io.pgherder.controller.it;

import io.pgherder.controller.testing.AgentProcess;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Agents and PostgreSQL have separate lives. */
class AgentLifeIT {
    private static final TestCluster CLUSTER = TestCluster.pair();

    @BeforeAll
    static void apply() {
        Result applied = CLUSTER.pgherder("apply", "--yes").run();
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
    }

    @AfterAll
    static void takeDown() {
        CLUSTER.close();
    }

    @Test
    void anAgentThatIsRestartedLeavesItsInstancesAlone() {
        long primary = CLUSTER.postmasterPid("n1");
        long standby = CLUSTER.postmasterPid("n2");

        CLUSTER.agents().forEach(AgentProcess::restart);

        assertStillStreaming(primary, standby);
    }

    @Test
    void anAgentThatIsKilledLeavesItsInstancesAlone() {
        long primary = CLUSTER.postmasterPid("n1");
        long standby = CLUSTER.postmasterPid("n2");

        CLUSTER.agents().forEach(AgentProcess::kill);
        assertThat(CLUSTER.followers("n1")).as("while no agent runs").containsExactly("n2");
        CLUSTER.agents().forEach(AgentProcess::start);

        assertStillStreaming(primary, standby);
    }

    private static void assertStillStreaming(long primary, long standby) {
        assertThat(CLUSTER.postmasterPid("n1")).isEqualTo(primary);
        assertThat(CLUSTER.postmasterPid("n2")).isEqualTo(standby);
        assertThat(CLUSTER.followers("n1")).containsExactly("n2");
        Result plan = CLUSTER.pgherder("plan", "--detailed-exitcode").run();
        assertThat(plan.exitCode()).as(plan.toString()).isZero();
    }
}
