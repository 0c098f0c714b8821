package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.DriftChanges;
import io.pgherder.controller.report.DriftRun;
import io.pgherder.controller.report.json.DriftEvents;
import io.pgherder.controller.report.text.DriftLines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** Runs again and again, until somebody asks it to stop or nobody reads it any more, and tells what each run changes. */
final class DriftWatch {
    private final Surroundings surroundings;
    private final TextJsonOrJunit output;
    private final DriftRuns runs;
    private final DriftResults results;
    private final Consumer<DriftRun> listener;
    private final Stop stop = new Stop();
    private DriftChanges changes = DriftChanges.NONE_YET;
    private List<Problem> unheard = List.of();
    private ExitCode code = ExitCode.OK;

    /** @param listener is given every run that has ended; what it throws is told, and does not end the watch */
    DriftWatch(
            Surroundings surroundings,
            TextJsonOrJunit output,
            DriftRuns runs,
            DriftResults results,
            Consumer<DriftRun> listener) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.output = requireNonNull(output, "output is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.results = requireNonNull(results, "results is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * @param every what lies between the starts of two runs; one that takes longer is followed at once
     * @return what the last whole run came to
     */
    ExitCode watch(Duration every) throws InterruptedException {
        long began = System.nanoTime();
        runFirst();
        surroundings.interrupts().redirectTo(stop);
        stop.onAsk(runs::giveUp);
        while (!surroundings.out().checkError() && !stop.awaitAsked(left(every, began))) {
            began = System.nanoTime();
            runAgain();
        }
        return code;
    }

    /** Not by the clock of the wall, which somebody may set. */
    private static Duration left(Duration every, long began) {
        Duration left = every.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Until it has ended Ctrl-C ends the command, as without a watch: there is no result yet to end with. */
    private void runFirst() throws InterruptedException {
        DriftRun run = runs.run(results::show);
        if (!output.isJson()) {
            results.showAll(run);
        }
        results.showSummary(run);
        ended(run, output.isJson());
    }

    private void runAgain() throws InterruptedException {
        try {
            ended(runs.run(outcome -> {}), true);
        } catch (InvalidTopologies e) {
            changes = changes.thenNone(e.problems());
            code = ExitCode.USAGE;
            surroundings
                    .out()
                    .print(
                            output.isJson()
                                    ? DriftEvents.render(surroundings.clock().instant(), changes.told())
                                    : lines().render(surroundings.clock().instant(), changes.told()));
        } catch (CancellationException e) {
            // Asked to stop: what half a run has seen is no result.
        }
    }

    private void ended(DriftRun run, boolean toBeTold) {
        changes = changes.then(run.outcomes());
        code = DriftResults.exitCode(run);
        if (toBeTold) {
            surroundings
                    .out()
                    .print(
                            output.isJson()
                                    ? DriftEvents.render(run, changes.told())
                                    : lines().render(run.at(), changes.told()));
        }
        hand(run);
    }

    private DriftLines lines() {
        return new DriftLines(output.inkOfResults(surroundings));
    }

    /** What goes wrong each time in the same way is told once. */
    private void hand(DriftRun run) {
        List<Problem> problems = List.of();
        try {
            listener.accept(run);
        } catch (ProblemsException e) {
            problems = e.problems();
        }
        if (!problems.isEmpty() && !problems.equals(unheard)) {
            new Errors(surroundings, output).show(problems);
        }
        unheard = problems;
    }
}
