package io.pgherder.agent.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.pgherder.agent.inspect.HostInspector;
import io.pgherder.agent.lock.ClusterLocks;
import io.pgherder.agent.operation.Host;
import io.pgherder.agent.operation.OperationJournal;
import io.pgherder.agent.operation.OperationRunner;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import io.pgherder.agent.system.FileSystemSync;
import io.pgherder.agent.system.StateDirectory;
import io.pgherder.agent.system.Wait;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.CancelRequest;
import io.pgherder.proto.v1.Instance;
import io.pgherder.proto.v1.InstanceQuery;
import io.pgherder.proto.v1.LockRequest;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An agent's service over gRPC's in-process transport, with an operation that the test controls in the place of CloneStandby. */
abstract class InProcessAgent {
    @TempDir
    Path home;

    final AtomicLong nanos = new AtomicLong(1);
    private final List<ManagedChannel> channels = new ArrayList<>();
    FakeOperation operation;
    OperationRunner runner;
    final CountDownLatch fileSystemAnswers = new CountDownLatch(1);
    private final CallThreads calls = new CallThreads();
    private HostInspector inspector;
    private Server server;
    AgentGrpc.AgentBlockingStub agent;

    @BeforeEach
    void startAgent() throws IOException {
        AllowedRoots roots = new AllowedRoots(List.of(home));
        CommandRunner noPrograms =
                (command, listener, cancellation) -> new CommandResult(1, false, "", List.of("no programs here"));
        PgInstallations installations = new PgInstallations(noPrograms, List.of());
        StateDirectory state = new StateDirectory(Files.createDirectory(home.resolve("state")));
        Host host = new Host(
                noPrograms,
                new FileSystemSync(noPrograms, path -> Optional.empty()),
                installations,
                state,
                roots,
                Path.of("/tmp"),
                "postgres");
        Clock clock = Clock.systemUTC();
        ClusterLocks locks = new ClusterLocks(state.locks(), nanos::get, clock);
        inspector = new HostInspector("test", noPrograms, installations, state, roots, Path.of("/tmp"), clock);
        runner = new OperationRunner(host, new OperationJournal(state, clock), clock);
        operation = new FakeOperation(place("pg_root1922"));
        InstanceMapping instances = new InstanceMapping(roots);
        AgentService service = new AgentService(inspector, runner, locks, clock, instances, action -> {
            if (action.hasReloadSettings()) {
                holdUp();
            }
            if (action.hasRestartInstance()) {
                throw new StackOverflowError("for the test");
            }
            return action.hasCloneStandby()
                    ? new RequestedOperation(action, operation)
                    : new ActionMapping(instances).toOperation(action);
        });
        server = AgentServer.furnish(
                        InProcessServerBuilder.forName(home.toString()),
                        service,
                        locks,
                        new HealthStatusManager(),
                        calls)
                .build()
                .start();
        agent = connect();
    }

    @AfterEach
    void stopAgent() {
        operation.letEnd();
        fileSystemAnswers.countDown();
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
        calls.close();
        runner.close();
        inspector.close();
    }

    /** What a dead mount does to whoever asks where a path leads. */
    private void holdUp() {
        assertThat(Wait.until(Duration.ofSeconds(20), Cancellation.never(), () -> fileSystemAnswers.getCount() == 0))
                .as("the test lets the file system answer")
                .isTrue();
    }

    AgentGrpc.AgentBlockingStub connect() {
        return AgentGrpc.newBlockingStub(channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    ManagedChannel channel() {
        ManagedChannel channel =
                InProcessChannelBuilder.forName(home.toString()).build();
        channels.add(channel);
        return channel;
    }

    void lock(long token) {
        assertThat(agent.lock(lockRequest("alice@ops1 pid 11", token)).getGranted())
                .isEqualTo(token);
    }

    static LockRequest lockRequest(String holder, long token) {
        return LockRequest.newBuilder()
                .setCluster("t5")
                .setHolder(holder)
                .setPurpose("apply t5.yaml")
                .setToken(token)
                .setTtlMs(10_000)
                .build();
    }

    boolean cancel(String id) {
        return agent.cancel(CancelRequest.newBuilder().setOperationId(id).build())
                .getCancelling();
    }

    RunRequest run(String id, long token) {
        Action.Builder action = Action.newBuilder().setInstance(instance("pg_root1922"));
        action.getCloneStandbyBuilder()
                .getSourceBuilder()
                .getCredentialsBuilder()
                .setUser("rep")
                .setPassword("s3cret");
        return RunRequest.newBuilder()
                .setOperationId(id)
                .setToken(token)
                .setAction(action)
                .build();
    }

    ObserveRequest observe(String directory) {
        return ObserveRequest.newBuilder()
                .setCluster("t5")
                .addInstances(InstanceQuery.newBuilder().setInstance(instance(directory)))
                .build();
    }

    Instance instance(String directory) {
        return Instance.newBuilder()
                .setCluster("t5")
                .setNode("pg1922")
                .setMajorVersion(15)
                .setDataDir(home.resolve(directory).toString())
                .setPort(1)
                .setSuperuser("postgres")
                .build();
    }

    InstancePlace place(String directory) throws IOException {
        return new InstancePlace(
                "t5",
                "pg1922",
                15,
                Optional.empty(),
                home.toRealPath().resolve(directory),
                Optional.empty(),
                Optional.empty(),
                1,
                "postgres");
    }

    static OperationEvent last(Iterator<OperationEvent> events) {
        OperationEvent last = OperationEvent.getDefaultInstance();
        while (events.hasNext()) {
            last = events.next();
        }
        return last;
    }

    static void await(String condition, BooleanSupplier holds) {
        assertThat(Wait.until(Duration.ofSeconds(10), Cancellation.never(), holds))
                .as(condition)
                .isTrue();
    }
}
