package io.pgherder.agent.operation;

import io.pgherder.agent.operation.ServerSession.Reception;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * What comes before a standby leaves its upstream for another one: it gets all that the old one has. The new one need not keep more than
 * what it has written since its last restartpoint, and nobody can go on from less than its upstream keeps.
 */
final class CatchUp {
    /** By then an upstream has sent the first of what a standby lacks; to one that lacks nothing it may say nothing for long. */
    private static final Duration FIRST_WORD = Duration.ofMillis(250);

    private static final Duration WITHOUT_A_BYTE = Duration.ofSeconds(10);

    private final OperationContext context;
    private final ServerSession session;

    CatchUp(OperationContext context, ServerSession session) {
        this.context = context;
        this.session = session;
    }

    /** Waits as long as something comes. A standby that gets nothing any more may be moved because of that. */
    void await() {
        Wait.until(
                FIRST_WORD,
                context.cancellation(),
                () -> session.reception().filter(CatchUp::isSilent).isEmpty());
        session.reception().ifPresent(begin -> begin.upstreamHas().ifPresent(end -> await(begin.flushed(), end)));
    }

    private static boolean isSilent(Reception reception) {
        return reception.upstreamHas().isEmpty() && reception.age().compareTo(FIRST_WORD) < 0;
    }

    /** @param end as of the beginning: what is written meanwhile, the new upstream still has */
    private void await(long begin, long end) {
        Wait.untilOrStill(WITHOUT_A_BYTE, context.cancellation(), () -> has(end), () -> {
            Optional<Long> now = session.reception().map(Reception::flushed);
            context.progress("catching up before it moves", now.orElse(begin) - begin, end - begin);
            return now;
        });
    }

    /** Also if nothing comes from anybody. */
    private boolean has(long end) {
        return session.reception()
                .filter(reception -> reception.flushed() < end)
                .isEmpty();
    }
}
