package io.pgherder.agent.system;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a named condition, with a deadline. */
public final class Wait {
    /** Fine enough that no step of a cluster's creation is held up by our looking. */
    private static final Duration POLL = Duration.ofMillis(5);
    /** What takes longer than all of that is looked at so seldom that a server which logs every statement is not filled with it. */
    private static final Duration SLOW_POLL = Duration.ofMillis(100);

    /** For so long after it has begun a wait looks every few milliseconds. */
    public static final Duration CLOSELY = Duration.ofSeconds(3);

    /** Of what comes forward, seldom enough that looking costs nothing. */
    private static final Duration LOOK = Duration.ofSeconds(1);

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
        return untilPresent(within, System.nanoTime(), cancellation, question);
    }

    /** @param begun since when all of it is waited for, by System.nanoTime */
    private static <T> Optional<T> untilPresent(
            Duration within, long begun, Cancellation cancellation, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            cancellation.check();
            Optional<T> answer = question.get();
            long now = System.nanoTime();
            if (answer.isPresent() || now - deadline >= 0) {
                return answer;
            }
            cancellation.sleep((now - begun < CLOSELY.toNanos() ? POLL : SLOW_POLL).toMillis());
        }
    }

    /**
     * Waits until there is a result, for as long as something comes forward.
     *
     * @param standstill how long it may stand still; empty is returned after that
     * @param position how far it is, asked every second, the greater the farther; empty: not known, which is no move
     */
    public static <T, P extends Comparable<? super P>> Optional<T> untilPresentOrStill(
            Duration standstill,
            Cancellation cancellation,
            Supplier<Optional<T>> question,
            Supplier<Optional<P>> position) {
        Duration look = standstill.compareTo(LOOK) < 0 ? standstill : LOOK;
        Optional<P> farthest = Optional.empty();
        long begun = System.nanoTime();
        long moved = begun;
        while (System.nanoTime() - moved < standstill.toNanos()) {
            Optional<T> answer = untilPresent(look, begun, cancellation, question);
            if (answer.isPresent()) {
                return answer;
            }
            Optional<P> now = position.get();
            if (isBeyond(now, farthest)) {
                farthest = now;
                moved = System.nanoTime();
            }
        }
        return Optional.empty();
    }

    private static <P extends Comparable<? super P>> boolean isBeyond(Optional<P> now, Optional<P> farthest) {
        return now.isPresent()
                && farthest.filter(before -> now.get().compareTo(before) <= 0).isEmpty();
    }

    /** The same for a condition; false if it does not hold and nothing comes forward any more. */
    public static <P extends Comparable<? super P>> boolean untilOrStill(
            Duration standstill, Cancellation cancellation, BooleanSupplier condition, Supplier<Optional<P>> position) {
        return untilPresentOrStill(
                        standstill,
                        cancellation,
                        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(),
                        position)
                .isPresent();
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
