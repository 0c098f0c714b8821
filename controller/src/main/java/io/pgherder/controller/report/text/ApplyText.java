package io.pgherder.controller.report.text;

import io.pgherder.controller.execution.ExecutionEvent;
import io.pgherder.controller.execution.ExecutionResult;
import io.pgherder.controller.execution.Stop.Wish;
import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.ApplyView;
import io.pgherder.controller.report.PlanReport;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** The view for people: the plan and the outcome on standard output; progress and problems on standard error. */
public final class ApplyText implements ApplyView {
    /** How it is shown. */
    public record Manner(Ink results, Ink errors, boolean liveProgress, boolean quiet) {
        public Manner {
            requireNonNull(results, "results is null");
            requireNonNull(errors, "errors is null");
        }
    }

    private static final int TERMINAL_TICK_MILLIS = 200;
    private static final int LINES_TICK_MILLIS = 1000;
    private static final int MOST_REMAINING = 5;

    private final PrintStream out;
    private final PrintStream err;
    private final Manner manner;
    private final Clock clock;
    private final NextCommands next;
    private final PlanText text;
    private volatile @Nullable ProgressDisplay progress;
    private @Nullable ScheduledExecutorService ticks;

    public ApplyText(PrintStream out, PrintStream err, Manner manner, Clock clock, NextCommands next) {
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
        this.manner = requireNonNull(manner, "manner is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.next = requireNonNull(next, "next is null");
        this.text = new PlanText(manner.results());
    }

    @Override
    public void planned(PlanReport report) {
        if (!manner.quiet() && !report.plan().isEmpty()) {
            out.print(text.render(report));
            out.flush();
        }
    }

    @Override
    public void nothingToDo(PlanReport report) {
        out.print(
                manner.quiet()
                        ? text.result(report) + text.notAsDeclared(report)
                        : text.render(report) + whatIsLeft(report));
        out.flush();
    }

    @Override
    public void refused(String cluster, List<Problem> reasons) {
        show(reasons);
        err.print("\nNothing has been changed.\n");
        err.flush();
    }

    @Override
    public void waitingFor(String cluster, LockHolder holder) {
        err.print("Waiting: " + ProblemText.visible(holder.holder()) + " holds the lock on " + cluster + " ("
                + ProblemText.visible(holder.purpose())
                + ") and has been silent for " + TimeSpan.words(holder.silentFor())
                + "; it falls in " + TimeSpan.words(holder.expiresIn()) + " unless it is renewed.\n");
        err.flush();
    }

    @Override
    public void waitingForAgents(String cluster, List<Problem> busy) {
        busy.forEach(problem -> err.print("Waiting: " + problem.summary() + " (" + String.join(", ", problem.details())
                + "); that ends by itself.\n"));
        err.flush();
    }

    @Override
    public void nothingLeft(PlanReport now, String words) {
        out.print("\n" + Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".\n" + text.result(now)
                + text.notAsDeclared(now) + whatIsLeft(now));
        out.flush();
    }

    @Override
    public void endedMeanwhile(PlanReport now, List<Step> steps) {
        if (!manner.quiet()) {
            err.print("\n");
            steps.forEach(step -> err.print("Ended meanwhile: " + step.action().node() + " "
                    + step.action().words() + "\n"));
            err.flush();
        }
    }

    @Override
    public void begins(Plan plan) {
        if (manner.quiet()) {
            return;
        }
        err.print("\nApplying " + Counted.of(plan.steps().size(), "step") + " to " + plan.cluster() + "\n");
        ProgressDisplay display = manner.liveProgress()
                ? new TerminalProgress(err, plan, manner.errors(), clock)
                : new LineProgress(err, plan, clock);
        progress = display;
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "progress");
            thread.setDaemon(true);
            return thread;
        });
        int every = manner.liveProgress() ? TERMINAL_TICK_MILLIS : LINES_TICK_MILLIS;
        var unused = scheduler.scheduleAtFixedRate(display::tick, every, every, TimeUnit.MILLISECONDS);
        ticks = scheduler;
    }

    @Override
    public void stopping(Wish wish) {
        String note = switch (wish) {
            case GO_ON, START_NO_MORE ->
                "Stopping: no new step starts, running ones finish. Ctrl-C again cancels them.";
            case CANCEL ->
                "Cancelling the running steps. Data stays whole. Press Ctrl-C again to stop waiting for them.";
            case LEAVE -> "Leaving: what still runs goes on at its agent.";
        };
        ProgressDisplay display = progress;
        if (display != null) {
            display.say(manner.errors().yellow(note));
        } else {
            // A question may be open, and a terminal shows the keys.
            err.print("\n" + note + "\n");
            err.flush();
        }
    }

    @Override
    public void on(ExecutionEvent event) {
        ProgressDisplay display = progress;
        if (display != null) {
            display.on(event);
        }
        if (event instanceof ExecutionEvent.ApplyFinished) {
            endProgress();
        }
    }

    private void endProgress() {
        if (ticks != null) {
            ticks.shutdownNow();
        }
        ProgressDisplay display = progress;
        progress = null;
        if (display != null) {
            display.close();
        }
    }

    @Override
    public void finished(PlanReport before, ExecutionResult result, PlanReport after) {
        List<Problem> problems = new ArrayList<>(result.problems());
        result.cutShort().ifPresent(problems::add);
        if (!problems.isEmpty()) {
            err.print("\n");
            show(problems);
        }
        out.print("\n" + manner.results().bold(applied(before, result, after)) + "\n");
        out.print(now(result, after));
        out.flush();
        if (after.plan().isRefused()) {
            err.print("\n"
                    + new ProblemText(manner.errors())
                            .renderObstacles(after.plan().refusals()));
            err.flush();
        }
    }

    static String applied(PlanReport before, ExecutionResult result, PlanReport after) {
        return "Applied " + result.done().size() + " of " + Counted.of(result.steps(), "step") + " to "
                + before.plan().cluster() + " in " + TimeSpan.words(result.elapsed()) + "."
                + writes(before, after);
    }

    private static String writes(PlanReport before, PlanReport after) {
        if (after.writesArePossible()) {
            return before.writesArePossible() ? " Writes are possible, as they were before." : "";
        }
        return after.whyNobodyCanWrite().map(why -> " " + why).orElse("");
    }

    private String now(ExecutionResult result, PlanReport after) {
        if (after.plan().isEmpty()) {
            return nothingRemains(after);
        }
        return after.plan().isRefused() ? inTheWay(after) : remaining(result, after);
    }

    private String nothingRemains(PlanReport after) {
        String cluster = after.plan().cluster();
        return after.differs()
                ? manner.results()
                                .yellow(cluster + " does not match "
                                        + after.file().displayPath() + ": " + PlanText.whyNot(after) + ".")
                        + "\n" + text.notAsDeclared(after) + whatIsLeft(after)
                : text.matching(after, cluster + " now matches") + "\n" + whatIsLeft(after);
    }

    private String whatIsLeft(PlanReport report) {
        return manner.quiet() ? "" : PlanText.whatIsLeft(report, next);
    }

    /** Who could not look knows of no difference. */
    private String inTheWay(PlanReport after) {
        String cluster = after.plan().cluster();
        String file = after.file().displayPath();
        String known = after.differs()
                ? cluster + " does not match " + file + " yet"
                : "Whether " + cluster + " matches " + file + " could not be seen";
        return manner.results().yellow(known + ", and as things are a next apply would be refused.")
                + "\nTo continue, once nothing is in the way:\n  " + applyAgain(after) + "\n";
    }

    private String remaining(ExecutionResult result, PlanReport after) {
        int left = after.plan().steps().size();
        StringBuilder remaining = new StringBuilder();
        remaining
                .append(manner.results()
                        .yellow(after.plan().cluster() + " does not match "
                                + after.file().displayPath() + " yet: a next apply would take "
                                + Counted.of(left, "step") + "."))
                .append('\n');
        for (Step step : after.plan().steps().subList(0, Math.min(left, MOST_REMAINING))) {
            remaining
                    .append("  ")
                    .append(step.action().node())
                    .append("  ")
                    .append(step.action().words())
                    .append(": ")
                    .append(step.reason().text())
                    .append('\n');
        }
        remaining.append(left > MOST_REMAINING ? "  and " + (left - MOST_REMAINING) + " more\n" : "");
        String when =
                result.failed().isEmpty() ? "To continue:" : "To continue, once the cause of the failure is gone:";
        return remaining + when + "\n  " + applyAgain(after) + "\n";
    }

    private String applyAgain(PlanReport after) {
        return next.also(after.plan().scope().words()).of("apply", after.file().displayPath());
    }

    private void show(List<Problem> problems) {
        out.flush();
        err.print(new ProblemText(manner.errors()).render(problems));
        err.flush();
    }
}
