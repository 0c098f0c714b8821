package io.pgherder.controller.report.text;

import io.pgherder.controller.execution.ExecutionEvent;
import io.pgherder.controller.execution.ExecutionEvent.StepAdvanced;
import io.pgherder.controller.execution.ExecutionEvent.StepStarted;
import io.pgherder.controller.plan.Plan;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Progress in a pipe or a log: a line when a step starts and one when it ends; one that takes long speaks every ten seconds. */
final class LineProgress implements ProgressDisplay {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final PrintStream out;
    private final ProgressBoard board;
    private final Clock clock;
    private final Map<Integer, Instant> lastSpoke = new HashMap<>();

    LineProgress(PrintStream out, Plan plan, Clock clock) {
        this.out = out;
        this.board = new ProgressBoard(plan, Ink.PLAIN);
        this.clock = clock;
    }

    @Override
    public synchronized void on(ExecutionEvent event) {
        board.hear(event).ifPresent(this::say);
        if (event instanceof StepStarted started) {
            lastSpoke.put(started.step().number(), event.at());
            say(board.line(started.step(), "started"));
        } else if (event instanceof StepAdvanced) {
            speakIfQuiet(event.at());
        }
    }

    @Override
    public synchronized void tick() {
        speakIfQuiet(clock.instant());
    }

    @Override
    public void close() {
        out.flush();
    }

    private void speakIfQuiet(Instant now) {
        for (int number : board.runningSteps()) {
            Instant last = lastSpoke.getOrDefault(number, now);
            if (Duration.between(last, now).compareTo(QUIET) >= 0) {
                lastSpoke.put(number, now);
                board.running(number, now).ifPresent(this::say);
            }
        }
    }

    @Override
    public synchronized void say(String line) {
        out.print(line + "\n");
        out.flush();
    }
}
