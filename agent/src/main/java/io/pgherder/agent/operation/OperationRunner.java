package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Runs operations: many at once, but one at a time for each instance. An operation lives on when nobody watches it; whoever asks for the
 * same id again is attached to it.
 */
public final class OperationRunner implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OperationRunner.class.getName());
    private static final int KEPT_ENDED = 200;
    /** The first sign of life of a new server, which has a deadline of its own, comes after the stop. */
    private static final Duration LONGER_THAN_ANY_RESTART = RestartInstance.LONGEST_STOP.plusMinutes(5);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Host host;
    private final OperationJournal journal;
    private final Clock clock;
    private final Executor executor;
    private final Leftovers leftovers;
    /** Running and lately ended ones, the oldest first. */
    private final Map<String, OperationFlight> flights = new LinkedHashMap<>();

    private boolean closed;

    /** Begins to settle what an earlier agent left in flight; who needs the place waits for it. */
    public OperationRunner(Host host, OperationJournal journal, Clock clock) {
        this(host, journal, clock, threads());
    }

    /** @param executor carries the operations out, each of them apart from who asks for it */
    OperationRunner(Host host, OperationJournal journal, Clock clock, Executor executor) {
        this.host = requireNonNull(host, "host is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.executor = requireNonNull(executor, "executor is null");
        List<OperationJournal.Left> left = journal.left();
        left.stream()
                .map(OperationJournal.Left::interrupted)
                .forEach(each -> flights.put(each.id(), OperationFlight.interrupted(each, clock)));
        this.leftovers = Leftovers.of(journal, left, executor);
    }

    /**
     * Starts the operation, or attaches to the one with this id.
     *
     * @param permission fails if it must not run now; asked when nothing else can begin in between
     * @param listener told where the operation is now, then everything that follows, in order; it must not block
     * @return ends the listening, not the operation
     * @throws OperationFailed if the operation is refused: the instance is busy, or the agent may not touch it
     */
    public Cancellation.Registration run(
            String id, Operation operation, Runnable permission, Consumer<OperationEvent> listener) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an operation id: " + id);
        }
        // A disk that hangs holds up nobody but who asks for it.
        refuseOutsideRoots(operation);
        OperationFlight flight;
        boolean starts;
        synchronized (flights) {
            permission.run();
            OperationFlight known = flights.get(id);
            starts = known == null;
            flight = known == null ? begin(id, operation) : known;
        }
        Cancellation.Registration registration = flight.watch(listener);
        if (starts) {
            launch(flight, operation);
        }
        return registration;
    }

    /** Without a thread to run on it would be under way for ever, and its instance busy. */
    private void launch(OperationFlight flight, Operation operation) {
        try {
            executor.execute(() -> carryOut(flight, operation));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "no thread for " + operation.verb(), e);
            end(flight, operation, flight.ended(OperationEvent.State.FAILED, noThread(operation, e)));
        }
    }

    private OperationFlight begin(String id, Operation operation) {
        refuseIfClosed();
        refuseIfBusy(operation);
        OperationFlight flight = new OperationFlight(id, operation, clock);
        journal.begin(id, operation, flight.since());
        flights.put(id, flight);
        forgetOldest();
        return flight;
    }

    /** Attaches to an operation that runs or has ended. */
    public Cancellation.Registration watch(String id, Consumer<OperationEvent> listener) {
        Optional<OperationFlight> known;
        synchronized (flights) {
            known = Optional.ofNullable(flights.get(id));
        }
        return known.orElseThrow(() -> OperationProblem.UNKNOWN_ID
                        .summary("this agent knows no operation " + id)
                        .hint("it may have ended before the agent was restarted; run the same command again")
                        .failure())
                .watch(listener);
    }

    /** Asks the operation to stop. Returns false if it had already ended, or never was. */
    public boolean cancel(String id) {
        Optional<OperationFlight> flight;
        synchronized (flights) {
            flight = Optional.ofNullable(flights.get(id)).filter(OperationFlight::isRunning);
        }
        flight.ifPresent(OperationFlight::cancel);
        return flight.isPresent();
    }

    /** The operations under way on the instance with this data directory: none or one. */
    public List<RunningOperation> running(Path dataDir) {
        synchronized (flights) {
            return flights.values().stream()
                    .flatMap(flight -> flight.running().stream())
                    .filter(running -> running.operation().place().dataDir().equals(dataDir))
                    .toList();
        }
    }

    /** Cancels what runs, cleanly, and waits for the end; starts nothing new. Instances are not touched. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    /**
     * The same. A server that is just being restarted runs again before: that is waited for as long as a restart may take.
     *
     * @return false if something else was still running after that long: the next start of the agent settles it
     */
    public boolean close(Duration within) {
        List<OperationFlight> all;
        synchronized (flights) {
            closed = true;
            all = new ArrayList<>(flights.values());
        }
        all.forEach(OperationFlight::cancel);
        all.stream()
                .filter(OperationFlight::isDeferringItsEnd)
                .forEach(flight -> LOG.info(() -> "ends after "
                        + flight.running()
                                .map(RunningOperation::operation)
                                .map(Operation::words)
                                .orElse(flight.id())));
        Wait.until(
                LONGER_THAN_ANY_RESTART,
                Cancellation.never(),
                () -> all.stream().noneMatch(OperationFlight::isDeferringItsEnd));
        return Wait.until(within, Cancellation.never(), () -> all.stream().noneMatch(OperationFlight::isRunning));
    }

    private void carryOut(OperationFlight flight, Operation operation) {
        end(flight, operation, outcome(flight, operation));
    }

    private void end(OperationFlight flight, Operation operation, OperationEvent end) {
        // First the journal: whoever hears of the end may start the next operation at once.
        forget(flight);
        flight.publish(end);
        LOG.info(() -> operation.verb() + " on " + operation.place().node() + " (" + flight.id() + ") "
                + end.state().name().toLowerCase(Locale.ROOT)
                + end.problem()
                        .map(problem -> ": " + problem.code() + " " + problem.summary())
                        .orElse(""));
    }

    private void forget(OperationFlight flight) {
        try {
            journal.end(flight.id());
        } catch (OperationFailed e) {
            // The next start of the agent settles what is no longer there, which does nothing; the operation itself has
            // ended.
            LOG.log(Level.WARNING, "could not strike " + flight.id() + " from the journal", e);
        }
    }

    private OperationEvent outcome(OperationFlight flight, Operation operation) {
        OperationContext context = new OperationContext(
                host,
                flight.cancellation(),
                flight::progress,
                process -> journal.child(flight.id(), operation, flight.since(), process));
        try {
            leftovers.awaitSettled(operation.place(), context);
            return flight.done(operation.run(context));
        } catch (Cancellation.Cancelled e) {
            return flight.ended(OperationEvent.State.CANCELLED, cancelled(operation));
        } catch (OperationFailed e) {
            LOG.log(Level.FINE, "failed: " + flight.id(), e);
            return flight.ended(OperationEvent.State.FAILED, e.problem());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "defect in " + operation.verb(), e);
            return flight.ended(OperationEvent.State.FAILED, defect(operation, e));
        }
    }

    private static AgentProblem cancelled(Operation operation) {
        return OperationProblem.CANCELLED
                .summary(operation.words() + " was cancelled")
                .hint("running the same command again continues");
    }

    private static AgentProblem noThread(Operation operation, Throwable e) {
        return OperationProblem.DEFECT
                .summary(operation.words() + " did not begin: its agent was given no thread")
                .detail(e.toString())
                .hint("has the agent's account or service reached its limit of processes (ulimit -u, TasksMax)?");
    }

    private static AgentProblem defect(Operation operation, Throwable e) {
        return OperationProblem.DEFECT
                .summary(operation.words() + " met a defect of pgherder")
                .detail(e.getClass().getName())
                .hint("the agent's log has the rest; please report it");
    }

    private void refuseIfClosed() {
        if (closed) {
            throw OperationProblem.SHUTTING_DOWN
                    .summary("the agent is shutting down")
                    .hint("run the same command again once it is back")
                    .failure();
        }
    }

    private void refuseOutsideRoots(Operation operation) {
        requireRealPath(operation.place().dataDir());
        operation.place().walDir().ifPresent(this::requireRealPath);
    }

    /** The caller has resolved the path through the roots; a link put there since is refused. */
    private void requireRealPath(Path directory) {
        Path real = host.roots().check(directory.toString());
        if (!real.equals(directory)) {
            throw OperationProblem.PLACE_MOVED
                    .summary("the directory " + directory + " has moved")
                    .detail("it leads to " + real + " now")
                    .hint("run the same command again")
                    .failure();
        }
    }

    private void refuseIfBusy(Operation operation) {
        running(operation.place().dataDir()).stream().findFirst().ifPresent(busy -> {
            throw OperationProblem.BUSY
                    .summary(operation.place().node() + " is busy with another operation")
                    .detail(busy.operation().words() + ", operation " + busy.id() + ", since " + busy.since())
                    .hint("wait for its end, then run the same command again")
                    .failure();
        });
    }

    private void forgetOldest() {
        List<String> ended = flights.values().stream()
                .filter(flight -> !flight.isRunning())
                .map(OperationFlight::id)
                .toList();
        ended.stream().limit(Math.max(0, ended.size() - KEPT_ENDED)).forEach(flights::remove);
    }

    private static Executor threads() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), OperationRunner::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "operation");
        thread.setDaemon(true);
        return thread;
    }
}
