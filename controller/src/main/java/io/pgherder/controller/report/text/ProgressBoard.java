package io.pgherder.controller.report.text;

import io.pgherder.controller.execution.ExecutionEvent;
import io.pgherder.controller.execution.ExecutionEvent.ApplyFinished;
import io.pgherder.controller.execution.ExecutionEvent.StepAdvanced;
import io.pgherder.controller.execution.ExecutionEvent.StepCancelled;
import io.pgherder.controller.execution.ExecutionEvent.StepDone;
import io.pgherder.controller.execution.ExecutionEvent.StepFailed;
import io.pgherder.controller.execution.ExecutionEvent.StepSkipped;
import io.pgherder.controller.execution.ExecutionEvent.StepStarted;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static io.pgherder.controller.report.text.PlanText.pad;
import static io.pgherder.controller.report.text.PlanText.widest;

/**
 * What every step of a running plan is doing, as lines of text. A step that has ended gets its last line once; those that run and those
 * that wait are shown anew each time. Bounded: what does not fit is counted, not shown.
 */
final class ProgressBoard {
    private final Ink ink;
    private final int numbers;
    private final int nodes;
    private final int words;
    private final Map<Integer, Step> waiting = new TreeMap<>();
    private final Map<Integer, StepProgress> running = new TreeMap<>();

    ProgressBoard(Plan plan, Ink ink) {
        this.ink = ink;
        List<Step> steps = plan.steps();
        this.numbers = Math.max(3, Integer.toString(steps.size()).length() + 1);
        this.nodes =
                widest(steps.stream().map(step -> step.action().node().value()).toList());
        this.words = Math.min(
                50, widest(steps.stream().map(step -> step.action().words()).toList()));
        steps.forEach(step -> waiting.put(step.number(), step));
    }

    /** Takes the event in; the step's last line if it has ended. */
    Optional<String> hear(ExecutionEvent event) {
        if (event instanceof StepStarted started) {
            waiting.remove(started.step().number());
            running.put(started.step().number(), new StepProgress(started.step(), started.at()));
            return Optional.empty();
        } else if (event instanceof StepAdvanced advanced) {
            StepProgress progress = running.get(advanced.step().number());
            if (progress != null) {
                progress.advance(advanced.at(), advanced.progress());
            }
            return Optional.empty();
        } else if (event instanceof StepDone done) {
            return ended(done.step(), ink.green("done") + ", " + took(done.elapsed()) + remark(done.words()));
        } else if (event instanceof StepFailed failed) {
            return ended(
                    failed.step(),
                    ink.red("failed") + ", " + took(failed.elapsed())
                            + remark(failed.problem().summary()));
        } else if (event instanceof StepCancelled cancelled) {
            return ended(cancelled.step(), ink.yellow("cancelled") + ", " + took(cancelled.elapsed()));
        } else if (event instanceof StepSkipped skipped) {
            return ended(skipped.step(), "skipped: " + ProblemText.visible(skipped.because()));
        } else if (event instanceof ApplyFinished) {
            return Optional.empty();
        }
        throw new AssertionError("unknown event " + event);
    }

    private Optional<String> ended(Step step, String how) {
        waiting.remove(step.number());
        running.remove(step.number());
        return Optional.of(line(step, how));
    }

    /** The steps that run, then those that wait, at most so many lines. */
    List<String> live(Instant now, int most) {
        List<String> lines = new ArrayList<>();
        running.values().forEach(progress -> lines.add(line(progress.step(), progress.words(now))));
        waiting.values().forEach(step -> lines.add(ink.dim(line(step, waitingFor(step)))));
        if (lines.size() <= most) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, Math.max(0, most - 1)));
        shown.add(ink.dim(" ".repeat(numbers) + "  and " + (lines.size() - shown.size()) + " more steps"));
        return shown;
    }

    /** The line of one running step; empty if it does not run. */
    Optional<String> running(int number, Instant now) {
        return Optional.ofNullable(running.get(number)).map(progress -> line(progress.step(), progress.words(now)));
    }

    List<Integer> runningSteps() {
        return List.copyOf(running.keySet());
    }

    private String waitingFor(Step step) {
        List<String> left = step.after().stream()
                .filter(number -> waiting.containsKey(number) || running.containsKey(number))
                .map(String::valueOf)
                .toList();
        return left.isEmpty() ? "waits for its turn" : "waits for " + String.join(", ", left);
    }

    String line(Step step, String how) {
        String number = Integer.toString(step.number());
        return " ".repeat(Math.max(0, numbers - number.length())) + number + "  "
                + pad(step.action().node().value(), nodes) + "  "
                + pad(shortened(step.action().words()), words) + "  " + how;
    }

    private String shortened(String text) {
        return text.length() <= words ? text : text.substring(0, words - 3) + "...";
    }

    private static String took(Duration elapsed) {
        return TimeSpan.words(elapsed);
    }

    private static String remark(String words) {
        return words.isEmpty() ? "" : ": " + ProblemText.visible(words);
    }
}
