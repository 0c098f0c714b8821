package io.pgherder.controller.report.text;

import io.pgherder.controller.execution.ExecutionEvent.StepAdvanced;
import io.pgherder.controller.execution.ExecutionEvent.StepDone;
import io.pgherder.controller.execution.ExecutionEvent.StepFailed;
import io.pgherder.controller.execution.ExecutionEvent.StepSkipped;
import io.pgherder.controller.execution.ExecutionEvent.StepStarted;
import io.pgherder.controller.execution.Progress;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.sample.Orders;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T01:00:00Z");
    private static final long GB = 1L << 30;

    private final Step clone = step(1, Orders.clone(PG2, PG1));
    private final Step other = step(2, Orders.clone(PG3, PG1));
    private final Step start = step(3, new StartInstance(Orders.address(PG2), Optional.of(PG1)), 1);
    private final Plan plan =
            new Plan("orders", Optional.of(Orders.SYSTEM), List.of(clone, other, start), List.of(), List.of());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void whatAnAgentSaysDoesNotSteerTheTerminal() {
        ProgressBoard board = new ProgressBoard(plan, Ink.PLAIN);
        board.hear(new StepStarted(BEGIN, clone, "op1"));
        board.hear(new StepAdvanced(at(1), clone, new Progress("phase\u001b[2J", 0, 0)));

        assertThat(board.live(at(2), 10).get(0)).contains("phase\ufffd[2J").doesNotContain("\u001b");
        assertThat(board.hear(new StepDone(at(3), clone, "done\n\u009b31m", Duration.ofSeconds(3))))
                .hasValueSatisfying(line -> assertThat(line).endsWith("done\ufffd\ufffd31m"));
    }

    @Test
    void theBoardShowsHowFarEveryStepIsAndWhatTheOthersWaitFor() {
        ProgressBoard board = new ProgressBoard(plan, Ink.PLAIN);
        board.hear(new StepStarted(BEGIN, clone, "op1"));
        board.hear(new StepStarted(BEGIN, other, "op2"));
        board.hear(new StepAdvanced(at(1), other, new Progress("waiting for the checkpoint", 0, 0)));
        board.hear(new StepAdvanced(at(450), clone, new Progress("copying", 30 * GB, 48 * GB)));
        board.hear(new StepAdvanced(at(460), clone, new Progress("copying", 31 * GB, 48 * GB)));

        assertThat(board.live(at(461), 20))
                .containsExactly(
                        "  1  pg2  clone from pg1             31 GB of 48 GB, 64%, 102 MB/s, 7m 41s, about 3m left",
                        "  2  pg3  clone from pg1             waiting for the checkpoint, 7m 41s",
                        "  3  pg2  start, streaming from pg1  waits for 1");
    }

    @Test
    void moreStepsThanLinesAreCounted() {
        ProgressBoard board = new ProgressBoard(plan, Ink.PLAIN);

        assertThat(board.live(BEGIN, 2))
                .containsExactly("  1  pg2  clone from pg1             waits for its turn", "     and 2 more steps");
    }

    @Test
    void inAPipeEveryEventIsALineAndAQuietStepSpeaksEveryTenSeconds() {
        LineProgress progress = new LineProgress(out, plan, Clock.fixed(at(25), ZoneOffset.UTC));
        progress.on(new StepStarted(BEGIN, clone, "op1"));
        progress.on(new StepAdvanced(at(4), clone, new Progress("copying", GB, 2 * GB)));
        progress.on(new StepAdvanced(at(11), clone, new Progress("copying", GB + GB / 2, 2 * GB)));
        progress.on(new StepAdvanced(at(12), clone, new Progress("copying", GB + GB / 2, 2 * GB)));
        progress.tick();
        progress.on(
                new StepFailed(at(26), clone, Problem.of("CLONE-003", "could not clone pg2"), Duration.ofSeconds(26)));
        progress.on(new StepSkipped(at(26), start, "step 1 failed"));

        assertThat(bytes.toString(UTF_8)).isEqualTo("""
                  1  pg2  clone from pg1             started
                  1  pg2  clone from pg1             1.5 GB of 2 GB, 75%, 73.1 MB/s, 11s, about 7s left
                  1  pg2  clone from pg1             1.5 GB of 2 GB, 75%, 64 MB/s, 25s, about 8s left
                  1  pg2  clone from pg1             failed, 26s: could not clone pg2
                  3  pg2  start, streaming from pg1  skipped: step 1 failed
                """);
    }

    @Test
    void onATerminalTheBlockIsRedrawnInPlaceAndEndedStepsScrollAway() {
        TerminalProgress progress = new TerminalProgress(out, plan, Ink.PLAIN, Clock.fixed(at(1), ZoneOffset.UTC));
        progress.on(new StepStarted(BEGIN, clone, "op1"));
        bytes.reset();

        progress.on(new StepDone(at(1), clone, "cloned from pg1, 22 MB", Duration.ofSeconds(1)));

        assertThat(bytes.toString(UTF_8))
                .isEqualTo("\u001b[?7l\u001b[3A\u001b[J"
                        + "  1  pg2  clone from pg1             done, 1.0s: cloned from pg1, 22 MB\n"
                        + "  2  pg3  clone from pg1             waits for its turn\n"
                        + "  3  pg2  start, streaming from pg1  waits for its turn\n"
                        + "\u001b[?7h");
    }

    private static Instant at(int seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    private static Step step(int number, Action action, Integer... after) {
        return new Step(number, action, Reason.of("because"), new TreeSet<>(List.of(after)), Optional.empty());
    }
}
