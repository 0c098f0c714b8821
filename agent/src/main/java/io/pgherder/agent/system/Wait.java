package io.pgherder.agent.system;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a named condition, with a deadline. */
public final class Wait {
    /** Fine enough that no step of a cluster's creation is held up by our looking. */
    private static final Duration POLL = Duration.ofMillis(5);

    private Wait() {}

    /**
     * Waits until the condition holds.
     *
     * @return false if the deadline came first
     * @throws Cancellation.Cancelled if the end was asked for meanwhile
     */
    public static boolean until(Duration within, Cancellation cancellation, BooleanSupplier condition) {
        return untilPresent(within, cancellation, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** Waits until there is a result; empty if the deadline came first. */
    public static <T> Optional<T> untilPresent(
            Duration within, Cancellation cancellation, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            cancellation.check();
            Optional<T> answer = question.get();
            if (answer.isPresent() || System.nanoTime() - deadline >= 0) {
                return answer;
            }
            cancellation.sleep(POLL.toMillis());
        }
    }

    /** Lets some time pass, less if the end is asked for: then it throws {@link Cancellation.Cancelled}. */
    public static void pause(Duration howLong, Cancellation cancellation) {
        cancellation.sleep(howLong.toMillis());
    }

    /** Waits until the condition holds, or fails with a problem that names what was waited for. */
    public static void untilOrFail(
            String condition, Duration within, Cancellation cancellation, BooleanSupplier holds) {
        if (!until(within, cancellation, holds)) {
            throw SystemProblem.TIMED_OUT
                    .summary("gave up waiting until " + condition)
                    .detail("waited " + within.toSeconds() + " s")
                    .failure();
        }
    }
}
