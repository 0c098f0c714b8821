package io.pgherder.agent.operation;

import io.pgherder.agent.operation.WalReceiving.Reception;
import io.pgherder.agent.operation.WalReceiving.Replay;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * What comes before a standby leaves its upstream for another one: it gets all that the old one has, and applies it. The new one need not
 * keep more than what it has written since its last restartpoint; nobody can go on from less than its upstream keeps; and what a standby
 * asks for first is what follows the last that it has applied.
 */
final class CatchUp {
    /** By then an upstream has sent the first of what a standby lacks; to one that lacks nothing it may say nothing for long. */
    private static final Duration FIRST_WORD = Duration.ofMillis(250);

    /** A network that was gone for a moment, or a conflict with a query that holds up the replay. */
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    private final OperationContext context;
    private final WalReceiving receiving;

    CatchUp(OperationContext context, WalReceiving receiving) {
        this.context = context;
        this.receiving = receiving;
    }

    /** Waits as long as something comes, or is applied. A standby that gets nothing any more may be moved because of that. */
    void await() {
        Wait.untilPresent(
                        receiving.betweenAttempts().plus(FIRST_WORD).plus(FIRST_WORD),
                        context.cancellation(),
                        () -> receiving.reception().filter(CatchUp::tells))
                .ifPresent(first -> {
                    first.upstreamHas().ifPresent(end -> awaitReception(first.flushed(), end));
                    awaitReplay(first.upstreamHas().orElse(first.flushed()));
                });
    }

    private static boolean tells(Reception reception) {
        return reception.upstreamHas().isPresent() || reception.age().compareTo(FIRST_WORD) >= 0;
    }

    /** @param end as of the beginning: what is written meanwhile, the new upstream still has */
    private void awaitReception(long begin, long end) {
        Wait.untilOrStill(STANDSTILL, context.cancellation(), () -> has(end), () -> {
            Optional<Long> now = receiving.reception().map(Reception::flushed);
            context.progress("catching up before it moves", now.orElse(begin) - begin, end - begin);
            return now;
        });
    }

    /** Also while it is not connected it lacks what it lacks. */
    private boolean has(long end) {
        return receiving.reception().filter(now -> now.flushed() >= end).isPresent();
    }

    private void awaitReplay(long end) {
        long begin = receiving.replay().reached();
        Wait.untilOrStill(STANDSTILL, context.cancellation(), () -> hasApplied(end), () -> {
            long now = receiving.replay().reached();
            context.progress("applying what it has before it moves", now - begin, end - begin);
            return Optional.of(now);
        });
    }

    private boolean hasApplied(long end) {
        Replay now = receiving.replay();
        return now.reached() >= end || now.isHeldUp();
    }
}
