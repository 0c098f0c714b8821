package io.pgherder.agent.grpc;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import io.pgherder.proto.v1.RestartInstance;
import io.pgherder.proto.v1.RunRequest;
import io.pgherder.proto.v1.WatchRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Run, Watch and Cancel, as a controller meets them. */
class RunAndWatchTest extends InProcessAgent {
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
        assertThat(refused.getProblem().getDetails(0)).startsWith("cloning pg1922, operation op1, since ");
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
    void anErrorOfTheMachineIsAProblemAndNotABareStatus() {
        lock(1);
        Action restart = Action.newBuilder()
                .setInstance(instance("pg_root1922"))
                .setRestartInstance(RestartInstance.getDefaultInstance())
                .build();

        OperationEvent answer = last(agent.run(RunRequest.newBuilder()
                .setOperationId("op1")
                .setToken(1)
                .setAction(restart)
                .build()));

        assertThat(answer.getProblem().getCode()).isEqualTo("REQUEST-003");
        assertThat(answer.getProblem().getDetailsList()).containsExactly("java.lang.StackOverflowError");
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
