package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.pgherder.controller.execution.Progress;
import io.pgherder.controller.execution.StepOutcome;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.proto.v1.OperationEvent;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One operation at an agent, followed to its end. The stream of its events may be lost without the operation being lost: then it is
 * watched again, with growing pauses, until the connection has been lost for too long; an operation that is quiet for hours is not lost. As long as no event has come it is not known whether
 * the agent ever heard of it, so it is run again: the same operation id never starts twice.
 */
final class RemoteOperation {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Set<Status.Code> LOST_CONNECTION = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.CANCELLED,
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.DEADLINE_EXCEEDED);

    /** The two ways to the operation's events. */
    interface Calls {
        void run(StreamObserver<OperationEvent> events);

        void watch(StreamObserver<OperationEvent> events);
    }

    private final HostSpec host;
    private final String node;
    private final Calls calls;
    private final Consumer<Progress> progress;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final CompletableFuture<StepOutcome> outcome = new CompletableFuture<>();

    private volatile boolean heardOfIt;
    private volatile OptionalLong lostSinceNanos = OptionalLong.empty();
    private volatile Duration pause = FIRST_PAUSE;
    private volatile Progress latest = new Progress("", 0, 0);

    /** @param patience how long the connection may stay lost before the operation is given up */
    RemoteOperation(
            HostSpec host,
            String node,
            Calls calls,
            Consumer<Progress> progress,
            Duration patience,
            LongSupplier nanoTime) {
        this.host = host;
        this.node = node;
        this.calls = calls;
        this.progress = progress;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    CompletableFuture<StepOutcome> start() {
        calls.run(new Events());
        return outcome;
    }

    private void hear(OperationEvent event) {
        heardOfIt = true;
        lostSinceNanos = OptionalLong.empty();
        pause = FIRST_PAUSE;
        switch (event.getState()) {
            case OPERATION_STATE_RUNNING -> {
                if (event.hasProgress()) {
                    advance(new Progress(
                            event.getProgress().getPhase(),
                            event.getProgress().getDoneBytes(),
                            event.getProgress().getTotalBytes()));
                }
            }
            case OPERATION_STATE_DONE -> outcome.complete(new StepOutcome.Done(event.getOutcome()));
            case OPERATION_STATE_CANCELLED -> outcome.complete(new StepOutcome.Cancelled(problemOf(event)));
            case OPERATION_STATE_FAILED, OPERATION_STATE_INTERRUPTED ->
                outcome.complete(new StepOutcome.Failed(problemOf(event)));
            case OPERATION_STATE_UNSPECIFIED, UNRECOGNIZED ->
                outcome.complete(new StepOutcome.Failed(notUnderstood(event)));
        }
    }

    private void advance(Progress now) {
        latest = now;
        progress.accept(now);
    }

    private void lose(Throwable why) {
        if (outcome.isDone()) {
            return;
        }
        long now = nanoTime.getAsLong();
        long since = lostSinceNanos.orElse(now);
        lostSinceNanos = OptionalLong.of(since);
        if (!LOST_CONNECTION.contains(Status.fromThrowable(why).getCode())) {
            outcome.complete(new StepOutcome.Failed(CallFailure.problem(host, why, patience)));
        } else if (now - since >= patience.toNanos()) {
            outcome.complete(new StepOutcome.Failed(lost(why)));
        } else {
            advance(new Progress(
                    "agent " + host.agent() + " does not answer, trying again",
                    latest.doneBytes(),
                    latest.totalBytes()));
            followAgain();
        }
    }

    private void followAgain() {
        Duration wait = pause;
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (heardOfIt) {
                        calls.watch(new Events());
                    } else {
                        calls.run(new Events());
                    }
                });
    }

    private Problem problemOf(OperationEvent event) {
        return ProblemMapping.fromProto(event.getProblem(), node);
    }

    private Problem lost(Throwable why) {
        Problem cause = CallFailure.problem(host, why, patience);
        Problem problem = Problem.of(
                        ConnectionProblem.LOST,
                        "lost agent " + host.agent() + " on " + host.name() + " during the step")
                .about(node)
                .detail(cause.summary());
        for (String fact : cause.details()) {
            problem = problem.detail(fact);
        }
        return problem.detail(
                        "it has been silent for " + patience.toSeconds() + "s; the operation may still be running")
                .hint(cause.hint() + ", then run the same command again: it attaches to what still runs");
    }

    private Problem notUnderstood(OperationEvent event) {
        return Problem.of(
                        ConnectionProblem.NOT_UNDERSTOOD,
                        "agent " + host.agent() + " reports a state that is not known here")
                .about(node)
                .detail("state " + event.getStateValue())
                .hint("is its version newer than the controller's?");
    }

    private final class Events implements StreamObserver<OperationEvent> {
        @Override
        public void onNext(OperationEvent event) {
            hear(event);
        }

        @Override
        public void onError(Throwable why) {
            lose(why);
        }

        @Override
        public void onCompleted() {
            lose(Status.UNAVAILABLE.withDescription("the stream ended early").asException());
        }
    }
}
