package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.pgherder.controller.execution.Progress;
import io.pgherder.controller.execution.StepOutcome;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.proto.v1.OperationEvent;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One operation at an agent, followed to its end. The stream of its events may be lost without the operation being lost: then it is
 * watched again, with growing pauses, until the connection has been lost for too long; an operation that is quiet for hours is not lost.
 * As long as no event has come it is not known whether the agent ever heard of it, so it is run again: the same operation id never starts
 * twice. All operations at one agent wait out one silence together, which any answer ends; one that begins when that has been too long
 * already is tried once.
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

    /** Whatever else a call ends with is an answer, if a bad one: the agent is there. */
    private static final Set<Status.Code> SILENT_AGENT = Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);

    /** The ways to the operation's events. */
    interface Calls {
        void run(StreamObserver<OperationEvent> events);

        /** As {@link #run}, for a moment: the call ends with DEADLINE_EXCEEDED, be there an answer or none. */
        void runBriefly(StreamObserver<OperationEvent> events);

        void watch(StreamObserver<OperationEvent> events);
    }

    private final HostSpec host;
    private final String node;
    private final Calls calls;
    private final Consumer<Progress> progress;
    private final Duration moment;
    private final Duration patience;
    private final Silence ofTheAgent;
    private final Silence ofThisOperation;
    private final CompletableFuture<StepOutcome> outcome = new CompletableFuture<>();

    private volatile boolean heardOfIt;
    private volatile Duration pause = FIRST_PAUSE;
    private volatile Progress latest = new Progress("", 0, 0);

    /**
     * @param moment how long a brief call lasts
     * @param patience how long the connection may stay lost before the operation is given up
     * @param ofTheAgent shared by all operations at this agent in one run
     */
    RemoteOperation(
            HostSpec host,
            String node,
            Calls calls,
            Consumer<Progress> progress,
            Duration moment,
            Duration patience,
            Silence ofTheAgent) {
        this.host = host;
        this.node = node;
        this.calls = calls;
        this.progress = progress;
        this.moment = moment;
        this.patience = patience;
        this.ofTheAgent = ofTheAgent;
        this.ofThisOperation = ofTheAgent.another();
    }

    CompletableFuture<StepOutcome> start() {
        if (isTooLong(ofTheAgent)) {
            calls.runBriefly(new Events(true));
        } else {
            calls.run(new Events(false));
        }
        return outcome;
    }

    private void hear(OperationEvent event) {
        heardOfIt = true;
        ofTheAgent.ends();
        ofThisOperation.ends();
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

    /** @param brief whether the call was meant to end after a moment */
    private void lose(Throwable why, boolean brief) {
        if (outcome.isDone()) {
            return;
        }
        Status.Code code = Status.fromThrowable(why).getCode();
        if (brief && heardOfIt && code == Status.Code.DEADLINE_EXCEEDED) {
            // The agent is back, and the call would have ended anyhow.
            calls.watch(new Events(false));
            return;
        }
        if (SILENT_AGENT.contains(code)) {
            ofTheAgent.goesOn();
        } else {
            ofTheAgent.ends();
        }
        if (!LOST_CONNECTION.contains(code)) {
            outcome.complete(new StepOutcome.Failed(CallFailure.problem(host, why, patience)));
            return;
        }
        ofThisOperation.goesOn();
        if (isTooLong(ofTheAgent) || isTooLong(ofThisOperation)) {
            outcome.complete(new StepOutcome.Failed(brief ? stillLost(why) : lost(why)));
        } else {
            advance(new Progress(
                    "agent " + host.agent() + " does not answer, trying again",
                    latest.doneBytes(),
                    latest.totalBytes()));
            followAgain();
        }
    }

    private boolean isTooLong(Silence silence) {
        return silence.lasted().compareTo(patience) >= 0;
    }

    private void followAgain() {
        Duration wait = pause;
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (heardOfIt) {
                        calls.watch(new Events(false));
                    } else {
                        calls.run(new Events(false));
                    }
                });
    }

    private Problem problemOf(OperationEvent event) {
        return ProblemMapping.fromProto(event.getProblem(), node);
    }

    private Problem lost(Throwable why) {
        Problem cause = CallFailure.problem(host, why, patience);
        return because(cause, "lost agent " + host.agent() + " on " + host.name() + " during the step")
                .detail("it has been silent for " + silentSeconds() + "s; the operation may still be running")
                .hint(first(cause.hint()) + " run the same command again: it attaches to what still runs");
    }

    private Problem stillLost(Throwable why) {
        Problem cause = CallFailure.problem(host, why, moment);
        boolean mayRun = !ConnectionProblem.isWithoutConnection(cause);
        return because(cause, "agent " + host.agent() + " on " + host.name() + " has been lost since an earlier step")
                .detail("it has been silent for " + silentSeconds() + "s: this step was tried once"
                        + (mayRun ? "; the operation may be running all the same" : ""))
                .hint(first(cause.hint()) + " run the same command again: it "
                        + (mayRun ? "attaches to what still runs" : "continues"));
    }

    private Problem because(Problem cause, String summary) {
        Problem problem =
                Problem.of(ConnectionProblem.LOST, summary).about(node).detail(cause.summary());
        for (String fact : cause.details()) {
            problem = problem.detail(fact);
        }
        return problem;
    }

    private static String first(String hint) {
        return hint + (hint.endsWith("?") ? " then" : ", then");
    }

    private long silentSeconds() {
        return Math.max(
                ofTheAgent.lasted().toSeconds(), ofThisOperation.lasted().toSeconds());
    }

    private Problem notUnderstood(OperationEvent event) {
        return Problem.of(
                        ConnectionProblem.NOT_UNDERSTOOD,
                        "agent " + host.agent() + " reports a state that is not known here")
                .about(node)
                .detail("state " + event.getStateValue())
                .hint("is its version newer than the controller's? " + ConnectionFailure.compareVersions(host));
    }

    private final class Events implements StreamObserver<OperationEvent> {
        private final boolean brief;

        Events(boolean brief) {
            this.brief = brief;
        }

        @Override
        public void onNext(OperationEvent event) {
            hear(event);
        }

        @Override
        public void onError(Throwable why) {
            lose(why, brief);
        }

        @Override
        public void onCompleted() {
            lose(Status.CANCELLED.withDescription("the stream ended early").asException(), brief);
        }
    }
}
