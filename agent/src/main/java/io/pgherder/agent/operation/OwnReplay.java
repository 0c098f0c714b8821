package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * What comes before a standby that has started asks its upstream for WAL: it applies what it has on its own disk, and as long as that takes
 * no WAL receiver runs. With {@code recovery_min_apply_delay} that is hours.
 */
final class OwnReplay {
    /** Longer than a standby waits between two attempts, and than most conflicts with queries hold it up. */
    private static final Duration WITHOUT_A_MOVE = Duration.ofSeconds(10);

    private final OperationContext context;
    private final ServerSession session;
    private final ServerLog log;
    private final ServerLog.Position since;

    /** @param since what the server says of its upstream after that tells that it has asked */
    OwnReplay(OperationContext context, ServerSession session, ServerLog log, ServerLog.Position since) {
        this.context = context;
        this.session = session;
        this.log = log;
        this.since = since;
    }

    /** Waits as long as the standby applies its own WAL and comes forward, however much of it there is. */
    void await() {
        Wait.untilOrStill(WITHOUT_A_MOVE, context.cancellation(), this::isOver, () -> {
            String reached = session.replay().reached();
            context.phase("applying the WAL that it has, at " + reached);
            return Optional.of(reached);
        });
    }

    /** Whether the standby only lets a delay pass, and will ask its upstream after that. */
    boolean isDelayed() {
        return !isOver() && session.replay().isDelayed();
    }

    private boolean isOver() {
        return session.walReceiver().isPresent() || hasAsked();
    }

    private boolean hasAsked() {
        return log.troubleSince(since).stream()
                .anyMatch(line -> line.contains("could not connect to the primary server")
                        || line.contains("could not start WAL streaming")
                        || line.contains("could not receive data from WAL stream")
                        || line.contains("database system identifier differs"));
    }
}
