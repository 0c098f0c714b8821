package io.pgherder.controller.it;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.pgherder.controller.testing.AgentProcess;
import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestedPostgres;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.DescribeRequest;
import io.pgherder.proto.v1.HostFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** Agents and PostgreSQL have separate lives. */
class AgentLifeIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONGER_THAN_A_CANCELLATION_TAKES = Duration.ofSeconds(6);

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

    @Test
    void anAgentThatIsToldToEndAmidARestartEndsAfterIt() throws Exception {
        AgentProcess agent = cluster.agent("db1");
        String writer = cluster.sql("n1", "select pid from pg_stat_activity where backend_type = 'background writer'");
        Shell.run("kill", "-STOP", writer);
        cluster.edit(text -> text.replace("max_connections: 30", "max_connections: 31"));
        PgherderCommand apply = cluster.pgherder("apply", "--yes");
        Process applying = apply.start();
        long before = cluster.postmasterPid("n1");
        Eventually.await("n1 is stopping, and cannot", SOON, () -> cluster.isStopping("n1"));

        try {
            agent.askToEnd();
            Thread.sleep(LONGER_THAN_A_CANCELLATION_TAKES.toMillis());
            assertThat(agent.isAlive()).as("while the server is down").isTrue();
        } finally {
            Shell.run("kill", "-CONT", writer);
        }
        agent.awaitEnd();

        Eventually.await("n1 runs again", SOON, () -> cluster.isReady("n1"));
        assertThat(cluster.sql("n1", "show max_connections")).as(agent.log()).isEqualTo("31");
        assertThat(cluster.postmasterPid("n1")).isNotEqualTo(before);
        assertThat(agent.log()).contains("ends after restarting n1");
        agent.start();
        assertThat(apply.finish(applying).toString()).contains("restarted; that it does its work was not waited for");
        assertApplied(cluster);
        assertWhole(cluster);
    }

    @Test
    void anAgentThatIsAskedSaysWhatItIsAndThatItServes() throws Exception {
        AgentProcess agent = cluster.agent("db2");
        Path tls = cluster.home().path("tls");
        ManagedChannel channel = NettyChannelBuilder.forAddress(agent.address(), agent.port())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(tls.resolve("ca.crt").toFile())
                        .keyManager(
                                tls.resolve("controller.crt").toFile(),
                                tls.resolve("controller.key").toFile())
                        .build())
                .build();
        try {
            HostFacts host = AgentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .describe(DescribeRequest.getDefaultInstance())
                    .getHost();
            ServingStatus health = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();

            assertThat(host.getAgentVersion()).isNotEmpty();
            assertThat(host.getAllowedRootsList())
                    .containsExactly(
                            cluster.home().dataRoot().toString(),
                            cluster.home().walRoot().toString());
            assertThat(host.getInstallationsList())
                    .anySatisfy(installation ->
                            assertThat(installation.getBinDir()).isEqualTo(TestedPostgres.BIN_DIR.toString()));
            assertThat(host.getAccount()).isEqualTo(Shell.ACCOUNT);
            assertThat(health).isEqualTo(ServingStatus.SERVING);
        } finally {
            channel.shutdownNow();
        }
    }

    private void assertStillStreaming(long primary, long standby) {
        assertThat(cluster.postmasterPid("n1")).isEqualTo(primary);
        assertThat(cluster.postmasterPid("n2")).isEqualTo(standby);
        assertWhole(cluster);
    }
}
