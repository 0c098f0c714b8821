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
    private final List<Watcher> watchers = new ArrayList<>();
    private volatile OperationEvent last;

    OperationFlight(String id, Operation operation, Clock clock) {
        this.id = id;
        this.operation = Optional.of(operation);
        this.clock = clock;
        this.since = clock.instant();
        this.last = event(OperationEvent.State.RUNNING, Optional.empty(), "", Optional.empty());
    }

    private OperationFlight(OperationJournal.Interrupted interrupted, Clock clock) {
        this.id = interrupted.id();
        this.operation = Optional.empty();
        this.clock = clock;
        this.since = interrupted.since();
        this.last = event(OperationEvent.State.INTERRUPTED, Optional.empty(), "", Optional.of(interrupted.problem()));
    }

    static OperationFlight interrupted(OperationJournal.Interrupted interrupted, Clock clock) {
        return new OperationFlight(interrupted, clock);
    }

    String id() {
        return id;
    }

    Instant since() {
        return since;
    }

    /** It is in a stretch that comes to its end whoever asks for the end before. */
    boolean isDeferringItsEnd() {
        return isRunning() && cancellation.isDeferred();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    void cancel() {
        cancellation.request();
    }

    boolean isRunning() {
        return !last.state().isEnd();
    }

    Optional<RunningOperation> running() {
        OperationEvent now = last;
        return now.state().isEnd()
                ? Optional.empty()
                : operation.map(verb -> new RunningOperation(id, verb, since, now.progress()));
    }

    /** Tells the listener where the operation is, then everything that follows, in order. */
    Cancellation.Registration watch(Consumer<OperationEvent> listener) {
        Watcher watcher = new Watcher(listener);
        synchronized (watchers) {
            watcher.post(last);
            if (isRunning()) {
                watchers.add(watcher);
            }
        }
        watcher.deliver();
        return () -> {
            synchronized (watchers) {
                watchers.remove(watcher);
            }
        };
    }

    void progress(Progress progress) {
        publish(event(OperationEvent.State.RUNNING, Optional.of(progress), "", Optional.empty()));
    }

    /** Nothing follows the end: a last word of a program that comes too late is dropped. */
    void publish(OperationEvent event) {
        List<Watcher> toTell;
        synchronized (watchers) {
            if (last.state().isEnd()) {
                return;
            }
            last = event;
            toTell = List.copyOf(watchers);
            toTell.forEach(watcher -> watcher.post(event));
            if (event.state().isEnd()) {
                watchers.clear();
            }
        }
        toTell.forEach(Watcher::deliver);
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
