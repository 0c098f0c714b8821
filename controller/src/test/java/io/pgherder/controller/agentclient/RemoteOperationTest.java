package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.pgherder.controller.execution.StepOutcome;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RemoteOperationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final OperationEvent RUNNING = FakeAgent.event(OperationState.OPERATION_STATE_RUNNING);

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Thread> watchers = new CopyOnWriteArrayList<>();
    private final BlockingQueue<StreamObserver<OperationEvent>> streams = new LinkedBlockingQueue<>();
    private final Silence ofTheAgent = new Silence(nanos::get);
    private final CompletableFuture<StepOutcome> outcome = start("pg4");

    @Test
    void aQuietOperationSurvivesALostConnection() throws Exception {
        StreamObserver<OperationEvent> stream = nextStream();
        stream.onNext(RUNNING);
        pass(Duration.ofHours(3));
        lose(stream);

        nextStream().onNext(FakeAgent.event(OperationState.OPERATION_STATE_DONE));

        assertThat(ended(outcome)).isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void everyEventBeginsThePatienceAnew() throws Exception {
        StreamObserver<OperationEvent> stream = nextStream();
        lose(stream);
        pass(PATIENCE.minusMillis(1));
        StreamObserver<OperationEvent> second = nextStream();
        second.onNext(RUNNING);
        pass(PATIENCE);
        lose(second);

        nextStream().onNext(FakeAgent.event(OperationState.OPERATION_STATE_DONE));

        assertThat(ended(outcome)).isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void aConnectionThatStaysLostEndsTheStep() throws Exception {
        lose(nextStream());
        pass(PATIENCE.minusMillis(1));
        lose(nextStream());
        StreamObserver<OperationEvent> third = nextStream();
        assertThat(outcome).isNotDone();
        pass(Duration.ofMillis(1));
        lose(third);

        assertThat(textOf(outcome)).isEqualTo("""
                Error: lost agent 10.0.1.13:7432 on db3 during the step  [CONNECT-010]

                  pg4
                  agent 10.0.1.13:7432 on db3 could not be asked
                  gRPC says UNAVAILABLE
                  it has been silent for 30s; the operation may still be running
                  Hint: what does the agent's log on db3 say? then run the same command again: it attaches to what still runs
                """);
    }

    @Test
    void aStepThatBeginsWhileTheAgentIsLostWaitsOutTheSameSilence() throws Exception {
        StreamObserver<OperationEvent> first = nextStream();
        lose(first);
        pass(PATIENCE.minusMillis(1));
        CompletableFuture<StepOutcome> later = start("pg3");
        StreamObserver<OperationEvent> again = nextStream();
        StreamObserver<OperationEvent> laters = nextStream();
        assertThat(List.of(outcome, later)).noneMatch(CompletableFuture::isDone);

        pass(Duration.ofMillis(1));
        lose(laters);
        lose(again);

        assertThat(List.of(ended(outcome), ended(later))).allMatch(StepOutcome.Failed.class::isInstance);
        assertThat(asked).containsExactlyInAnyOrder("run", "run", "run");
    }

    @Test
    void aStepThatBeginsAfterTheAgentWasGivenUpIsTriedOnceAndFailsWithoutWaiting() throws Exception {
        giveUp();
        pass(Duration.ofSeconds(11));

        CompletableFuture<StepOutcome> later = start("pg3");
        nextStream()
                .onError(Status.UNAVAILABLE
                        .withCause(new ConnectException("Connection refused"))
                        .asRuntimeException());

        assertThat(textOf(later)).isEqualTo("""
                Error: agent 10.0.1.13:7432 on db3 has been lost since an earlier step  [CONNECT-010]

                  pg3
                  agent 10.0.1.13:7432 on db3 refused the connection
                  it has been silent for 41s: this step was tried once
                  Hint: start the agent on db3, then run the same command again: it continues
                """);
        assertThat(asked).containsExactly("run", "run", "run briefly");
    }

    @Test
    void aStepTriedOnceMayBeRunningWhereTheAgentMayHaveBeenTold() throws Exception {
        giveUp();

        CompletableFuture<StepOutcome> unanswered = start("pg3");
        nextStream().onError(Status.DEADLINE_EXCEEDED.asRuntimeException());
        CompletableFuture<StepOutcome> cutOff = start("pg2");
        lose(nextStream());

        assertThat(List.of(textOf(unanswered), textOf(cutOff)))
                .allSatisfy(text -> assertThat(text)
                        .contains("  it has been silent for 30s: this step was tried once;"
                                + " the operation may be running all the same\n")
                        .endsWith(" then run the same command again: it attaches to what still runs\n"));
    }

    @Test
    void anAgentThatHangsIsNotWaitedForLongerThanAMoment() throws Exception {
        giveUp();

        CompletableFuture<StepOutcome> later = start("pg3");
        nextStream().onError(Status.DEADLINE_EXCEEDED.asRuntimeException());

        assertThat(textOf(later)).contains("  agent 10.0.1.13:7432 on db3 did not answer within 5s\n");
    }

    @Test
    void anAgentThatIsBackDoesTheLaterStepAndIsWaitedForAgain() throws Exception {
        giveUp();

        CompletableFuture<StepOutcome> later = start("pg3");
        StreamObserver<OperationEvent> brief = nextStream();
        brief.onNext(RUNNING);
        pass(PATIENCE);
        brief.onError(Status.DEADLINE_EXCEEDED.asRuntimeException());
        lose(nextStream());
        nextStream().onNext(FakeAgent.event(OperationState.OPERATION_STATE_DONE));

        assertThat(ended(later)).isInstanceOf(StepOutcome.Done.class);
        assertThat(asked).containsExactly("run", "run", "run briefly", "watch", "watch");
    }

    @Test
    void anErrorOfOneOperationIsNoSilenceOfTheAgent() throws Exception {
        nextStream().onError(Status.UNKNOWN.asRuntimeException());
        pass(PATIENCE);
        nextStream().onError(Status.UNKNOWN.asRuntimeException());
        assertThat(ended(outcome)).isInstanceOf(StepOutcome.Failed.class);

        CompletableFuture<StepOutcome> later = start("pg3");
        lose(nextStream());
        nextStream().onNext(FakeAgent.event(OperationState.OPERATION_STATE_DONE));

        assertThat(ended(later)).isInstanceOf(StepOutcome.Done.class);
        assertThat(asked).containsExactly("run", "run", "run", "run");
    }

    @Test
    void anAgentThatAnswersWithAnErrorIsSilentNoLonger() throws Exception {
        giveUp();
        var unused = start("pg3");
        nextStream().onError(Status.UNKNOWN.asRuntimeException());
        StreamObserver<OperationEvent> again = nextStream();

        CompletableFuture<StepOutcome> refused = start("pg2");
        nextStream().onError(Status.PERMISSION_DENIED.asRuntimeException());
        CompletableFuture<StepOutcome> other = start("pg4");
        lose(again);
        lose(nextStream());
        nextStream();
        nextStream();

        assertThat(ended(refused)).isInstanceOf(StepOutcome.Failed.class);
        assertThat(other).isNotDone();
        assertThat(asked).containsExactly("run", "run", "run briefly", "run", "run", "run", "run", "run");
    }

    @Test
    void aRefusalEndsTheSilenceOfTheAgentToo() throws Exception {
        giveUp();
        var unused = start("pg3");
        nextStream().onError(Status.PERMISSION_DENIED.asRuntimeException());

        var served = start("pg2");
        nextStream();

        assertThat(served).isNotDone();
        assertThat(asked).containsExactly("run", "run", "run briefly", "run");
    }

    @Test
    void anOperationWhoseBriefCallWasAnsweredIsNotSaidToHaveBeenTriedOnce() throws Exception {
        giveUp();
        CompletableFuture<StepOutcome> later = start("pg3");
        nextStream().onError(Status.UNKNOWN.asRuntimeException());
        lose(nextStream());
        pass(PATIENCE);
        lose(nextStream());

        assertThat(textOf(later)).startsWith("Error: lost agent 10.0.1.13:7432 on db3 during the step");
    }

    @Test
    void aWatchThatEndsAtADeadlineIsFollowedByAnotherAfterAPause() throws Exception {
        StreamObserver<OperationEvent> stream = nextStream();
        stream.onNext(RUNNING);
        stream.onError(Status.DEADLINE_EXCEEDED.asRuntimeException());
        nextStream().onError(Status.DEADLINE_EXCEEDED.asRuntimeException());
        pass(PATIENCE);
        nextStream().onError(Status.DEADLINE_EXCEEDED.asRuntimeException());

        assertThat(ended(outcome)).isInstanceOf(StepOutcome.Failed.class);
        assertThat(watchers).as("none while the end is told").doesNotContain(Thread.currentThread());
    }

    @Test
    void anOperationThatStaysLostEndsAlthoughOthersAreHeard() throws Exception {
        lose(nextStream());
        StreamObserver<OperationEvent> again = nextStream();
        CompletableFuture<StepOutcome> other = start("pg3");
        pass(PATIENCE);
        nextStream().onNext(RUNNING);
        lose(again);

        assertThat(ended(outcome)).isInstanceOf(StepOutcome.Failed.class);
        assertThat(other).isNotDone();
    }

    private CompletableFuture<StepOutcome> start(String node) {
        return new RemoteOperation(
                        Orders.host("db3", "10.0.1.13"),
                        node,
                        new Calls(),
                        progress -> {},
                        Duration.ofSeconds(5),
                        PATIENCE,
                        ofTheAgent)
                .start();
    }

    private void giveUp() throws InterruptedException {
        lose(nextStream());
        pass(PATIENCE);
        lose(nextStream());
        assertThat(ended(outcome)).isInstanceOf(StepOutcome.Failed.class);
    }

    private static StepOutcome ended(CompletableFuture<StepOutcome> operation) {
        return operation.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static String textOf(CompletableFuture<StepOutcome> failed) {
        return new ProblemText(Ink.PLAIN).render(((StepOutcome.Failed) ended(failed)).problem());
    }

    private static void lose(StreamObserver<OperationEvent> stream) {
        stream.onError(Status.UNAVAILABLE.asRuntimeException());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private StreamObserver<OperationEvent> nextStream() throws InterruptedException {
        return Optional.ofNullable(streams.poll(10, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("the operation is not followed by a further call"));
    }

    private final class Calls implements RemoteOperation.Calls {
        @Override
        public void run(StreamObserver<OperationEvent> events) {
            asked.add("run");
            streams.add(events);
        }

        @Override
        public void runBriefly(StreamObserver<OperationEvent> events) {
            asked.add("run briefly");
            streams.add(events);
        }

        @Override
        public void watch(StreamObserver<OperationEvent> events) {
            asked.add("watch");
            watchers.add(Thread.currentThread());
            streams.add(events);
        }
    }
}
