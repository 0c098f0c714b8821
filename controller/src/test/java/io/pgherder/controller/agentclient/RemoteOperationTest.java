package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.pgherder.controller.execution.StepOutcome;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RemoteOperationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final OperationEvent RUNNING = FakeAgent.event(OperationState.OPERATION_STATE_RUNNING);

    private final AtomicLong nanos = new AtomicLong();
    private final BlockingQueue<StreamObserver<OperationEvent>> streams = new LinkedBlockingQueue<>();
    private final CompletableFuture<StepOutcome> outcome = new RemoteOperation(
                    Orders.host("db3", "10.0.1.13"), "pg4", new Calls(), progress -> {}, PATIENCE, nanos::get)
            .start();

    @Test
    void aQuietOperationSurvivesALostConnection() throws Exception {
        StreamObserver<OperationEvent> stream = nextStream();
        stream.onNext(RUNNING);
        pass(Duration.ofHours(3));
        lose(stream);

        nextStream().onNext(FakeAgent.event(OperationState.OPERATION_STATE_DONE));

        assertThat(outcome.join()).isInstanceOf(StepOutcome.Done.class);
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

        assertThat(outcome.join()).isInstanceOf(StepOutcome.Done.class);
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

        assertThat(outcome.join())
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("CONNECT-010"));
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
            streams.add(events);
        }

        @Override
        public void watch(StreamObserver<OperationEvent> events) {
            streams.add(events);
        }
    }
}
