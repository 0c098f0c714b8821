package io.pgherder.controller.execution;

import io.pgherder.controller.execution.ExecutionEvent.ApplyFinished;
import io.pgherder.controller.execution.ExecutionEvent.StepAdvanced;
import io.pgherder.controller.execution.ExecutionEvent.StepCancelled;
import io.pgherder.controller.execution.ExecutionEvent.StepDone;
import io.pgherder.controller.execution.ExecutionEvent.StepFailed;
import io.pgherder.controller.execution.ExecutionEvent.StepSkipped;
import io.pgherder.controller.execution.ExecutionEvent.StepStarted;
import io.pgherder.controller.execution.Stop.Wish;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * One run of an {@link Executor}. Agents answer on their own threads; every answer goes through the mailbox, so that the walk, the
 * listener and the result see one thing at a time.
 */
final class Execution {
    private record Running(String operationId, Instant since) {}

    private final PlanWalk walk;
    private final ActionRunner runner;
    private final HeldLock lock;
    private final ExecutionListener listener;
    private final int parallel;
    private final Supplier<String> newOperationId;
    private final Clock clock;
    private final String look;

    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Map<Integer, Running> running = new HashMap<>();
    private final TreeSet<Integer> done = new TreeSet<>();
    private final TreeMap<Integer, Problem> failed = new TreeMap<>();
    private final TreeMap<Integer, Problem> cancelled = new TreeMap<>();
    private final TreeSet<Integer> skipped = new TreeSet<>();
    private Wish cancelledFor = Wish.GO_ON;

    Execution(
            Plan plan,
            ActionRunner runner,
            HeldLock lock,
            ExecutionListener listener,
            int parallel,
            Supplier<String> newOperationId,
            Clock clock,
            String look) {
        this.walk = new PlanWalk(plan.steps());
        this.runner = runner;
        this.lock = lock;
        this.listener = listener;
        this.parallel = parallel;
        this.newOperationId = newOperationId;
        this.clock = clock;
        this.look = look;
    }

    /** Makes the run look again at whether it may go on. */
    void wake() {
        mailbox.add(() -> {});
    }

    ExecutionResult run(Stop stop) throws InterruptedException {
        Instant began = clock.instant();
        while (true) {
            if (!stop.isAsked() && !lock.isLost()) {
                startWhatIsReady();
            }
            if (stop.wish().compareTo(Wish.CANCEL) >= 0) {
                cancelWhatRuns(stop.wish());
            }
            if (stop.wish() == Wish.LEAVE) {
                leaveWhatRuns();
            }
            if (walk.running().isEmpty()) {
                break;
            }
            mailbox.take().run();
        }
        Optional<Problem> cutShort = skipTheRest(stop);
        ExecutionResult result = new ExecutionResult(
                done, failed, cancelled, skipped, cutShort, Duration.between(began, clock.instant()));
        listener.on(new ApplyFinished(clock.instant(), result));
        return result;
    }

    private void startWhatIsReady() {
        for (Step step : walk.ready()) {
            if (walk.running().size() >= parallel) {
                return;
            }
            start(step);
        }
    }

    private void start(Step step) {
        String operationId = step.attachTo().orElseGet(newOperationId);
        walk.started(step);
        running.put(step.number(), new Running(operationId, clock.instant()));
        listener.on(new StepStarted(clock.instant(), step, operationId));
        var unused = runner.run(
                        operationId,
                        lock.token(),
                        step.action(),
                        progress -> mailbox.add(() -> advanced(step, progress)))
                .exceptionally(defect -> new StepOutcome.Failed(defect(step, defect)))
                .thenAccept(outcome -> mailbox.add(() -> ended(step, outcome)));
    }

    private void advanced(Step step, Progress progress) {
        if (running.containsKey(step.number())) {
            listener.on(new StepAdvanced(clock.instant(), step, progress));
        }
    }

    private void ended(Step step, StepOutcome outcome) {
        Running run = running.remove(step.number());
        walk.ended(step, outcome);
        Instant now = clock.instant();
        Duration elapsed = run == null ? Duration.ZERO : Duration.between(run.since(), now);
        if (outcome instanceof StepOutcome.Done fine) {
            done.add(step.number());
            listener.on(new StepDone(now, step, fine.words(), elapsed));
        } else if (outcome instanceof StepOutcome.Failed failure) {
            failed.put(step.number(), failure.problem());
            listener.on(new StepFailed(now, step, failure.problem(), elapsed));
        } else if (outcome instanceof StepOutcome.Cancelled stopped) {
            cancelled.put(step.number(), stopped.problem());
            listener.on(new StepCancelled(now, step, stopped.problem(), elapsed));
        } else {
            throw new AssertionError("unknown outcome " + outcome);
        }
    }

    /** Once for each wish: the first request may not have reached an agent. */
    private void cancelWhatRuns(Wish wish) {
        if (cancelledFor == wish) {
            return;
        }
        cancelledFor = wish;
        for (Step step : walk.running()) {
            Running run = running.get(step.number());
            if (run != null) {
                runner.cancel(run.operationId(), step.action());
            }
        }
    }

    private void leaveWhatRuns() {
        for (Step step : walk.running()) {
            ended(step, new StepOutcome.Failed(left(step)));
        }
    }

    private Optional<Problem> skipTheRest(Stop stop) {
        for (Step step : walk.waiting()) {
            skipped.add(step.number());
            String because = walk.failedBefore(step)
                    .map(number -> "step " + number + (cancelled.containsKey(number) ? " was cancelled" : " failed"))
                    .orElseGet(() -> stop.isAsked() ? "stopped by you" : "the lock was lost");
            listener.on(new StepSkipped(clock.instant(), step, because));
        }
        return lock.isLost() && !skipped.isEmpty() ? Optional.of(lockLost()) : Optional.empty();
    }

    private Problem lockLost() {
        return Problem.of(ExecutionProblem.LOCK_LOST, "the lock on the cluster was lost: no further step was started")
                .detail("an agent says that the lock is no longer ours; somebody else may be changing the cluster")
                .hint("look with \"" + look + "\", then run the same command again: it continues");
    }

    private Problem left(Step step) {
        Problem problem = Problem.of(
                        ExecutionProblem.STEP_LEFT,
                        "step " + step.number() + " was left running at the agent of "
                                + step.action().instance().host())
                .about(step.action().node().value())
                .detail(step.action().words());
        Running run = running.get(step.number());
        return (run == null ? problem : problem.detail("operation " + run.operationId()))
                .hint("run the same command again: it attaches to what still runs");
    }

    private static Problem defect(Step step, Throwable defect) {
        return Problem.of(
                        ExecutionProblem.STEP_DEFECT,
                        "step " + step.number() + " ended with an unexpected "
                                + defect.getClass().getSimpleName())
                .about(step.action().node().value())
                .detail(String.valueOf(defect.getMessage()))
                .hint("this is a defect of pgherder; running the same command again continues");
    }
}
