package io.pgherder.agent.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.DescribeRequest;
import io.pgherder.proto.v1.FileStamp;
import io.pgherder.proto.v1.HostFacts;
import io.pgherder.proto.v1.Instance;
import io.pgherder.proto.v1.InstanceQuery;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.LocalInstance;
import io.pgherder.proto.v1.LockRequest;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.PasswordMatch;
import io.pgherder.proto.v1.Problem;
import io.pgherder.proto.v1.RenewRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Describe, Observe and the lock, as a controller meets them. */
class ObserveAndLockTest extends InProcessAgent {
    @Test
    void aRunningOperationIsSeenWithoutItsPassword() {
        lock(1);
        agent.run(run("op1", 1)).next();

        ObserveResponse seen = agent.observe(observe("pg_root1922"));

        assertThat(seen.getInstances(0).getOperationsList()).hasSize(1);
        Action action = seen.getInstances(0).getOperations(0).getAction();
        assertThat(action.getCloneStandby().getSource().getCredentials().getUser())
                .isEqualTo("rep");
        assertThat(action.toString()).doesNotContain("s3cret");
        assertThat(seen.getLock().getHolder()).isEqualTo("alice@ops1 pid 11");
        assertThat(seen.getNewestToken()).isEqualTo(1);
    }

    @Test
    void whatLiesOutsideTheRootsIsNotLookedAtAndTheRestIs() {
        Instance outside =
                instance("pg_root1921").toBuilder().setDataDir("/etc").build();
        ObserveResponse seen = agent.observe(ObserveRequest.newBuilder()
                .setCluster("t5")
                .addInstances(InstanceQuery.newBuilder().setInstance(outside))
                .addInstances(InstanceQuery.newBuilder().setInstance(instance("pg_root1922")))
                .build());

        assertThat(seen.getInstancesList())
                .extracting(InstanceSnapshot::getNode)
                .containsExactly("pg1922", "pg1922");
        assertThat(seen.getInstances(0).getProblems(0).getSummary()).isEqualTo("this agent may not touch /etc");
        assertThat(seen.getInstances(0).getDataDir().getUsable()).isFalse();
        assertThat(seen.getInstances(1).getDataDir().getUsable()).isTrue();
    }

    @Test
    void whatMakesNoSenseIsTheProblemOfItsOwnQueryAlone() {
        Instance nonsense = instance("pg_root1921").toBuilder().setPort(70_000).build();
        ObserveResponse seen = agent.observe(ObserveRequest.newBuilder()
                .setCluster("t5")
                .addInstances(InstanceQuery.newBuilder().setInstance(nonsense))
                .addInstances(InstanceQuery.newBuilder().setInstance(instance("pg_root1922")))
                .build());

        Problem problem = seen.getInstances(0).getProblems(0);
        assertThat(problem.getCode()).isEqualTo("REQUEST-001");
        assertThat(problem.getSummary()).isEqualTo("cannot make sense of the request: port 70000");
        assertThat(seen.getInstances(1).getProblemsList()).isEmpty();
        assertThat(seen.getInstances(1).getDataDir().getUsable()).isTrue();
    }

    @Test
    void ofPasswordsOnlyIsSaidWhetherTheyAreTheSame() throws IOException {
        Path data = Files.createDirectory(home.resolve("pg_root1922"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        Path passfile = Files.writeString(home.resolve("passfile"), "10.0.1.11:1921:replication:rep:s3cret\n");
        Files.setPosixFilePermissions(passfile, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                data.resolve("pgherder.conf"),
                "primary_conninfo = 'host=10.0.1.11 port=1921 user=rep passfile=" + passfile + "'\n");

        InstanceSnapshot seen = look("s3cret");

        assertThat(seen.getPassfile()).isEqualTo(PasswordMatch.PASSWORD_MATCH_SAME);
        assertThat(look("another").getPassfile()).isEqualTo(PasswordMatch.PASSWORD_MATCH_OTHER);
        assertThat(seen.toString()).doesNotContain("s3cret");
        assertThat(agent.observe(observe("pg_root1922")).getInstances(0).getPassfile())
                .as("not asked")
                .isEqualTo(PasswordMatch.PASSWORD_MATCH_UNSPECIFIED);
    }

    private InstanceSnapshot look(String password) {
        ObserveRequest.Builder request = observe("pg_root1922").toBuilder();
        request.getInstancesBuilder(0).getCredentialsBuilder().setUser("rep").setPassword(password);
        return agent.observe(request.build()).getInstances(0);
    }

    @Test
    void aHostDescribesItself() {
        assertThat(agent.describe(DescribeRequest.getDefaultInstance()).getHost())
                .satisfies(host -> {
                    assertThat(host.getProtocol()).isEqualTo(5);
                    assertThat(host.getAgentVersion()).isEqualTo("test");
                    assertThat(host.getMachine()).matches("[0-9a-f-]{36} pid:\\[\\d+\\]");
                    assertThat(host.getAllowedRootsList())
                            .containsExactly(home.toRealPath().toString());
                });
    }

    @Test
    void theInstancesOfTheHostAreToldToWhoeverObservesAndNotToWhoeverAsksWhoItIs() {
        HostFacts observed = agent.observe(observe("pg_root1922")).getHost();
        assertThat(observed.getInstancesSeen()).isTrue();
        assertThat(observed.getInstancesList())
                .extracting(LocalInstance::getDataDir)
                .noneMatch(directory -> directory.startsWith(home.toString()));

        HostFacts described =
                agent.describe(DescribeRequest.getDefaultInstance()).getHost();
        assertThat(described.getInstancesSeen()).isFalse();
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndItsContentIsNotTakenForNothing() throws IOException {
        Path data = Files.createDirectory(home.resolve("pg_root1922"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        Files.createDirectory(data.resolve("pgherder.conf"));
        Path hba = Files.writeString(data.resolve("pg_hba.conf"), "local all postgres peer\n");
        Files.setLastModifiedTime(hba, FileTime.fromMillis(1_764_100_000_123L));

        InstanceSnapshot seen = agent.observe(observe("pg_root1922")).getInstances(0);

        Path real = data.toRealPath();
        assertThat(seen.hasManagedSettings()).isFalse();
        assertThat(seen.getUnreadableFilesList())
                .containsExactly(real.resolve("pgherder.conf").toString());
        assertThat(seen.getProblemsList())
                .extracting(Problem::getSummary)
                .contains("could not read " + real.resolve("pgherder.conf"));
        assertThat(seen.getFilesList())
                .containsExactly(FileStamp.newBuilder()
                        .setPath(real.resolve("pg_hba.conf").toString())
                        .setOwner(Files.getOwner(hba).getName())
                        .setWrittenAtMs(1_764_100_000_123L)
                        .build());
    }

    @Test
    void theSameRunIsGrantedItsLockAgainAndItsNamesakeIsNot() {
        LockRequest first =
                lockRequest("root@apply pid 1", 1).toBuilder().setNonce("f1257").build();

        assertThat(agent.lock(first).getGranted()).isEqualTo(1);
        assertThat(agent.lock(first).getGranted()).isEqualTo(1);
        assertThat(agent.lock(first.toBuilder().setNonce("5ec0d").build()).hasHeldBy())
                .isTrue();
    }

    @Test
    void aMalformedLockRequestCarriesItsProblemInTheTrailers() {
        LockRequest request = LockRequest.newBuilder()
                .setCluster("../t5")
                .setHolder("alice")
                .setPurpose("apply")
                .setToken(1)
                .setTtlMs(10_000)
                .build();

        assertThatThrownBy(() -> agent.lock(request)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            Problem problem = Optional.ofNullable(e.getTrailers())
                    .map(trailers -> trailers.get(ProblemMapping.TRAILER))
                    .orElseThrow();
            assertThat(problem.getSummary())
                    .isEqualTo("cannot make sense of the request: \"../t5\" is not a cluster name");
        });
    }

    @Test
    void theLockOfAControllerThatHungUpFallsSoon() throws InterruptedException {
        ManagedChannel controller = channel();
        AgentGrpc.newBlockingStub(controller).lock(lockRequest("alice@ops1 pid 11", 1));
        assertThat(agent.lock(lockRequest("bob@ops2 pid 12", 2)).hasHeldBy()).isTrue();
        controller.shutdownNow();
        await(
                "the agent has noticed",
                () -> agent.observe(observe("pg_root1922")).getLock().getExpiresInMs() <= 2_000);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(agent.lock(lockRequest("bob@ops2 pid 12", 2)).getGranted()).isEqualTo(2);
        assertThat(agent.renew(RenewRequest.newBuilder()
                                .setCluster("t5")
                                .setToken(1)
                                .build())
                        .getHeld())
                .isFalse();
    }
}
