package io.pgherder.agent.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
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
import io.pgherder.agent.system.StateDirectory;
import io.pgherder.agent.system.Wait;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.CancelRequest;
import io.pgherder.proto.v1.DescribeRequest;
import io.pgherder.proto.v1.Instance;
import io.pgherder.proto.v1.InstanceQuery;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.LockRequest;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import io.pgherder.proto.v1.Problem;
import io.pgherder.proto.v1.RenewRequest;
import io.pgherder.proto.v1.RunRequest;
import io.pgherder.proto.v1.WatchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract, over gRPC's in-process transport, with an operation that the test controls. */
class AgentServiceTest {
    @TempDir
    private Path home;

    private final AtomicLong nanos = new AtomicLong(1);
    private final List<ManagedChannel> channels = new ArrayList<>();
    private FakeOperation operation;
    private OperationRunner runner;
    private HostInspector inspector;
    private Server server;
    private AgentGrpc.AgentBlockingStub agent;

    @BeforeEach
    void startAgent() throws IOException {
        AllowedRoots roots = new AllowedRoots(List.of(home));
        CommandRunner noPrograms =
                (command, listener, cancellation) -> new CommandResult(1, false, "", List.of("no programs here"));
        PgInstallations installations = new PgInstallations(noPrograms, List.of());
        StateDirectory state = new StateDirectory(Files.createDirectory(home.resolve("state")));
        Host host = new Host(noPrograms, installations, state, roots, Path.of("/tmp"), "postgres");
        Clock clock = Clock.systemUTC();
        ClusterLocks locks = new ClusterLocks(state.locks(), nanos::get, clock);
        inspector = new HostInspector("test", noPrograms, installations, roots, Path.of("/tmp"), clock);
        runner = new OperationRunner(host, new OperationJournal(state, clock), clock);
        operation = new FakeOperation(place("pg_root1922"));
        InstanceMapping instances = new InstanceMapping(roots);
        AgentService service = new AgentService(
                inspector,
                runner,
                locks,
                clock,
                instances,
                action -> action.hasCloneStandby()
                        ? new RequestedOperation(action, operation)
                        : new ActionMapping(instances).toOperation(action));
        server = AgentServer.furnish(
                        InProcessServerBuilder.forName(home.toString()), service, locks, new HealthStatusManager())
                .build()
                .start();
        agent = connect();
    }

    @AfterEach
    void stopAgent() {
        operation.letEnd();
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
        runner.close();
        inspector.close();
    }

    @Test
    void theSameIdAttachesInsteadOfStartingTwice() {
        lock(1);
        Iterator<OperationEvent> first = agent.run(run("op1", 1));
        assertThat(first.next().getState()).isEqualTo(OperationState.OPERATION_STATE_RUNNING);
        Iterator<OperationEvent> second = connect().run(run("op1", 1));
        assertThat(second.next().getState()).isEqualTo(OperationState.OPERATION_STATE_RUNNING);
        operation.letEnd();

        assertThat(last(first).getOutcome()).isEqualTo("copied");
        assertThat(last(second).getOutcome()).isEqualTo("copied");
        assertThat(last(agent.run(run("op1", 1))).getOutcome()).isEqualTo("copied");
        assertThat(operation.runs()).isEqualTo(1);
    }

    @Test
    void losingTheStreamDoesNotEndTheOperation() {
        lock(1);
        ManagedChannel lost = channel();
        AgentGrpc.newBlockingStub(lost).run(run("op1", 1)).next();
        lost.shutdownNow();
        operation.letEnd();

        assertThat(last(agent.watch(
                                WatchRequest.newBuilder().setOperationId("op1").build()))
                        .getState())
                .isEqualTo(OperationState.OPERATION_STATE_DONE);
    }

    @Test
    void everyWatcherIsToldTheEnd() {
        lock(1);
        Iterator<OperationEvent> runs = agent.run(run("op1", 1));
        runs.next();
        Iterator<OperationEvent> watches =
                connect().watch(WatchRequest.newBuilder().setOperationId("op1").build());
        watches.next();
        operation.letEnd();

        assertThat(last(runs).getState()).isEqualTo(OperationState.OPERATION_STATE_DONE);
        assertThat(last(watches).getState()).isEqualTo(OperationState.OPERATION_STATE_DONE);
    }

    @Test
    void aCancelledOperationSaysSo() {
        lock(1);
        Iterator<OperationEvent> events = agent.run(run("op1", 1));
        events.next();

        assertThat(cancel("op1")).isTrue();
        OperationEvent end = last(events);
        assertThat(end.getState()).isEqualTo(OperationState.OPERATION_STATE_CANCELLED);
        assertThat(end.getProblem().getCode()).isEqualTo("OPERATION-003");
        assertThat(cancel("op1")).isFalse();
    }

    @Test
    void aBusyInstanceRefusesAnotherOperationByName() {
        lock(1);
        agent.run(run("op1", 1)).next();

        OperationEvent refused = last(agent.run(run("op2", 1)));

        assertThat(refused.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
        assertThat(refused.getProblem().getCode()).isEqualTo("OPERATION-001");
        assertThat(refused.getProblem().getDetails(0)).startsWith("CloneStandby, operation op1, since ");
    }

    @Test
    void anActionWithoutTheLockIsRefused() {
        assertThat(last(agent.run(run("op1", 0))).getProblem().getCode()).isEqualTo("LOCK-001");
        assertThat(operation.runs()).isZero();
    }

    @Test
    void anActionWithAnOutdatedTokenIsRefused() {
        lock(1);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        lock(2);

        assertThat(last(agent.run(run("op1", 1))).getProblem().getCode()).isEqualTo("LOCK-002");
        assertThat(operation.runs()).isZero();
    }

    @Test
    void anUnknownVerbIsAProblemAndNotABareStatus() {
        lock(1);
        RunRequest request = RunRequest.newBuilder()
                .setOperationId("op1")
                .setToken(1)
                .setAction(Action.newBuilder().setInstance(instance("pg_root1922")))
                .build();

        assertThat(last(agent.run(request)).getProblem().getCode()).isEqualTo("REQUEST-002");
    }

    @Test
    void anIdThatNobodyKnowsIsAProblemToo() {
        OperationEvent answer = last(
                agent.watch(WatchRequest.newBuilder().setOperationId("never").build()));

        assertThat(answer.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
        assertThat(answer.getProblem().getCode()).isEqualTo("OPERATION-002");
    }

    @Test
    void aSlowReaderMissesProgressButNeverTheEnd() throws InterruptedException {
        lock(1);
        operation.tellingProgress(5_000);
        List<OperationEvent> read = new CopyOnWriteArrayList<>();
        SlowReader reader = new SlowReader(read);
        AgentGrpc.newStub(channel()).run(run("op1", 1), reader);
        await("the operation runs", () -> operation.runs() == 1);
        operation.letEnd();
        await(
                "the operation has ended",
                () -> runner.running(operation.place().dataDir()).isEmpty());
        reader.readOn();
        await("the end has arrived", () -> reader.completed);

        assertThat(read).hasSizeLessThan(100);
        assertThat(read.get(read.size() - 1).getState()).isEqualTo(OperationState.OPERATION_STATE_DONE);
    }

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
    void aHostDescribesItself() {
        assertThat(agent.describe(DescribeRequest.getDefaultInstance()).getHost())
                .satisfies(host -> {
                    assertThat(host.getProtocol()).isEqualTo(1);
                    assertThat(host.getAgentVersion()).isEqualTo("test");
                    assertThat(host.getAllowedRootsList())
                            .containsExactly(home.toRealPath().toString());
                });
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
                    .isEqualTo("cannot make sense of the request: \"../t5\" is no cluster name");
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
                () -> agent.observe(observe("pg_root1922")).getLock().getExpiresInMs() <= 1_000);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(agent.lock(lockRequest("bob@ops2 pid 12", 2)).getGranted()).isEqualTo(2);
        assertThat(agent.renew(RenewRequest.newBuilder()
                                .setCluster("t5")
                                .setToken(1)
                                .build())
                        .getHeld())
                .isFalse();
    }

    private AgentGrpc.AgentBlockingStub connect() {
        return AgentGrpc.newBlockingStub(channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private ManagedChannel channel() {
        ManagedChannel channel =
                InProcessChannelBuilder.forName(home.toString()).build();
        channels.add(channel);
        return channel;
    }

    private void lock(long token) {
        assertThat(agent.lock(lockRequest("alice@ops1 pid 11", token)).getGranted())
                .isEqualTo(token);
    }

    private static LockRequest lockRequest(String holder, long token) {
        return LockRequest.newBuilder()
                .setCluster("t5")
                .setHolder(holder)
                .setPurpose("apply t5.yaml")
                .setToken(token)
                .setTtlMs(10_000)
                .build();
    }

    private boolean cancel(String id) {
        return agent.cancel(CancelRequest.newBuilder().setOperationId(id).build())
                .getCancelling();
    }

    private RunRequest run(String id, long token) {
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

    private ObserveRequest observe(String directory) {
        return ObserveRequest.newBuilder()
                .setCluster("t5")
                .addInstances(InstanceQuery.newBuilder().setInstance(instance(directory)))
                .build();
    }

    private Instance instance(String directory) {
        return Instance.newBuilder()
                .setCluster("t5")
                .setNode("pg1922")
                .setMajorVersion(15)
                .setDataDir(home.resolve(directory).toString())
                .setPort(1)
                .setSuperuser("postgres")
                .build();
    }

    private InstancePlace place(String directory) throws IOException {
        return new InstancePlace(
                "t5",
                "pg1922",
                15,
                Optional.empty(),
                home.toRealPath().resolve(directory),
                Optional.empty(),
                1,
                "postgres");
    }

    private static OperationEvent last(Iterator<OperationEvent> events) {
        OperationEvent last = OperationEvent.getDefaultInstance();
        while (events.hasNext()) {
            last = events.next();
        }
        return last;
    }

    private static void await(String condition, BooleanSupplier holds) {
        assertThat(Wait.until(Duration.ofSeconds(10), Cancellation.never(), holds))
                .as(condition)
                .isTrue();
    }

    /** Takes nothing until it is told to read on. */
    private static final class SlowReader implements ClientResponseObserver<RunRequest, OperationEvent> {
        private final List<OperationEvent> read;
        private volatile boolean completed;
        private Optional<ClientCallStreamObserver<RunRequest>> call = Optional.empty();

        private SlowReader(List<OperationEvent> read) {
            this.read = read;
        }

        void readOn() {
            call.orElseThrow().request(Integer.MAX_VALUE);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<RunRequest> stream) {
            stream.disableAutoRequestWithInitial(1);
            call = Optional.of(stream);
        }

        @Override
        public void onNext(OperationEvent event) {
            read.add(event);
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }
}
