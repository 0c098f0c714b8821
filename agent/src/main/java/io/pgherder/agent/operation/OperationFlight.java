package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.Cancellation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One operation from its start to after its end: where it is, who watches it, and the way to ask it to stop. */
final class OperationFlight {
    private final String id;
    /** Empty for one that an earlier agent left behind. */
    private final Optional<Operation> operation;

    private final Clock clock;
    private final Instant since;
    private final Cancellation cancellation = new Cancellation();
    private final List<Consumer<OperationEvent>> watchers = new ArrayList<>();
    private OperationEvent last;

    OperationFlight(String id, Operation operation, Clock clock) {
        this.id = id;
        this.operation = Optional.of(operation);
        this.clock = clock;
        this.since = clock.instant();
        this.last = event(OperationEvent.State.RUNNING, Optional.empty(), "", Optional.empty());
    }

    private OperationFlight(OperationJournal.Settled settled, Clock clock) {
        this.id = settled.id();
        this.operation = Optional.empty();
        this.clock = clock;
        this.since = settled.since();
        this.last = event(OperationEvent.State.INTERRUPTED, Optional.empty(), "", Optional.of(settled.problem()));
    }

    static OperationFlight interrupted(OperationJournal.Settled settled, Clock clock) {
        return new OperationFlight(settled, clock);
    }

    String id() {
        return id;
    }

    Instant since() {
        return since;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    void cancel() {
        cancellation.request();
    }

    synchronized boolean isRunning() {
        return !last.state().isEnd();
    }

    synchronized Optional<RunningOperation> running() {
        return isRunning()
                ? operation.map(verb -> new RunningOperation(id, verb, since, last.progress()))
                : Optional.empty();
    }

    /** Tells the watcher where the operation is, then everything that follows, in order. */
    synchronized Cancellation.Registration watch(Consumer<OperationEvent> watcher) {
        watcher.accept(last);
        if (isRunning()) {
            watchers.add(watcher);
        }
        return () -> {
            synchronized (this) {
                watchers.remove(watcher);
            }
        };
    }

    void progress(Progress progress) {
        publish(event(OperationEvent.State.RUNNING, Optional.of(progress), "", Optional.empty()));
    }

    synchronized void publish(OperationEvent event) {
        last = event;
        List.copyOf(watchers).forEach(watcher -> watcher.accept(event));
        if (event.state().isEnd()) {
            watchers.clear();
        }
    }

    OperationEvent done(String outcome) {
        return event(OperationEvent.State.DONE, Optional.empty(), outcome, Optional.empty());
    }

    OperationEvent ended(OperationEvent.State state, AgentProblem problem) {
        return event(state, Optional.empty(), "", Optional.of(problem));
    }

    private OperationEvent event(
            OperationEvent.State state, Optional<Progress> progress, String outcome, Optional<AgentProblem> problem) {
        return new OperationEvent(id, state, progress, outcome, problem, clock.instant());
    }
}
