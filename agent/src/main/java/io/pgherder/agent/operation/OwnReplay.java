package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.operation.WalReceiving.Replay;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * What comes before a standby asks its upstream for WAL: it applies what it has on its own disk, and as long as that takes no WAL receiver
 * goes there. With {@code recovery_min_apply_delay} that is hours.
 */
final class OwnReplay {
    /** Longer than a standby waits between two attempts, and than most conflicts with queries hold it up. */
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    private final OperationContext context;
    private final WalReceiving receiving;
    private final PrimaryConninfo upstream;
    private final ServerLog log;
    private final ServerLog.Position since;

    /** @param since what the server says of its upstream after that tells that it has asked */
    OwnReplay(
            OperationContext context,
            WalReceiving receiving,
            PrimaryConninfo upstream,
            ServerLog log,
            ServerLog.Position since) {
        this.context = context;
        this.receiving = receiving;
        this.upstream = upstream;
        this.log = log;
        this.since = since;
    }

    /**
     * Waits as long as the standby applies its own WAL and comes forward, however much of it there is.
     *
     * @return how it is held up, if it has not asked its upstream because of that
     */
    Optional<Replay> await() {
        boolean isOver = Wait.untilOrStill(STANDSTILL, context.cancellation(), this::hasAsked, () -> {
            Replay now = receiving.replay();
            context.phase("applying the WAL that it has, at " + now.reachedLsn());
            // A commit whose delay has passed is no progress: the next one waits for its own.
            return Optional.of(now.reached()).filter(reached -> !now.isHeldUp());
        });
        return isOver ? Optional.empty() : Optional.of(receiving.replay()).filter(Replay::isHeldUp);
    }

    private boolean hasAsked() {
        return receiving.receiver().filter(receiver -> receiver.isOf(upstream)).isPresent()
                || UpstreamRefusal.isTold(log.troubleSince(since));
    }
}
