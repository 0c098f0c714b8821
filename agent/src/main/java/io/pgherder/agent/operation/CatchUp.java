package io.pgherder.agent.operation;

import io.pgherder.agent.operation.ServerSession.Reception;
import io.pgherder.agent.system.Wait;
import java.time.Duration;

/**
 * What comes before a standby leaves its upstream for another one: it gets all that the old one has. The new one need not keep more than
 * what it has written since its last restartpoint, and nobody can go on from less than its upstream keeps.
 */
final class CatchUp {
    /** By then an upstream has sent the first of what a standby lacks; to one that lacks nothing it may say nothing for long. */
    private static final Duration FIRST_WORD = Duration.ofMillis(250);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS_WITHOUT_A_BYTE = 10;

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
        long reached = begin;
        for (int idle = 0; idle < LOOKS_WITHOUT_A_BYTE && !Wait.until(LOOK, context.cancellation(), () -> has(end)); ) {
            long now = session.reception().map(Reception::flushed).orElse(reached);
            idle = now > reached ? 0 : idle + 1;
            reached = now;
            context.progress("catching up before it moves", reached - begin, end - begin);
        }
    }

    /** Also if nothing comes from anybody. */
    private boolean has(long end) {
        return session.reception()
                .filter(reception -> reception.flushed() < end)
                .isEmpty();
    }
}
