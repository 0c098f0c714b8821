package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.inspect.Endpoint;
import io.pgherder.agent.inspect.ReachProbe;
import io.pgherder.agent.inspect.Reachability;
import io.pgherder.agent.operation.WalReceiving.Reception;
import io.pgherder.agent.operation.WalReceiving.Replay;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * A standby gets all that its upstream has, and applies it: before it leaves that for another one, and after its restart. A new upstream need not
 * keep more than what it has written since its last restartpoint; nobody can go on from less than its upstream keeps; and what a standby
 * asks for first is what follows the last that it has applied. And as long as one that has restarted catches up it confirms no commits, so that
 * the next server had better not restart.
 */
final class CatchUp {
    /** By then an upstream has sent the first of what a standby lacks; to one that lacks nothing it may say nothing for long. */
    private static final Duration FIRST_WORD = Duration.ofMillis(250);

    /** Twice the default wal_retrieve_retry_interval; who has set a longer one is not waited for. */
    private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(10);

    /** A network that was gone for a moment, or a conflict with a query that holds up the replay. */
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    private final OperationContext context;
    private final WalReceiving receiving;
    private final PrimaryConninfo way;
    private final String when;
    private long received;

    private CatchUp(OperationContext context, WalReceiving receiving, PrimaryConninfo way, String when) {
        this.context = context;
        this.receiving = receiving;
        this.way = way;
        this.when = when;
    }

    /** @param way by which the standby connects to the upstream that it leaves */
    static CatchUp beforeItMoves(OperationContext context, WalReceiving receiving, PrimaryConninfo way) {
        return new CatchUp(context, receiving, way, "before it moves");
    }

    /** @param way by which the standby connects to its upstream */
    static CatchUp afterItsRestart(OperationContext context, WalReceiving receiving, PrimaryConninfo way) {
        return new CatchUp(context, receiving, way, "after its restart");
    }

    /** Whether it is connected to its upstream, or comes to be by its next attempt, for which this waits where somebody listens there. */
    boolean hasUpstream() {
        if (receiving.reception().isPresent()) {
            return true;
        }
        if (!isSomebodyThere()) {
            return false;
        }
        context.phase("waiting for its next attempt to reach " + way.host() + ":" + way.port());
        Duration next = receiving.betweenAttempts().plus(FIRST_WORD);
        return Wait.until(
                next.compareTo(NEXT_ATTEMPT) < 0 ? next : NEXT_ATTEMPT,
                context.cancellation(),
                () -> receiving.reception().isPresent());
    }

    /** Somebody else may have written what is no host and port: several hosts, the directory of a socket, or a port that there is not. */
    private boolean isSomebodyThere() {
        boolean isPlace = !way.host().isBlank() && way.port() >= 1 && way.port() <= 65535;
        return isPlace
                && ReachProbe.tryToReach(new Endpoint(way.host(), way.port())).result() == Reachability.Result.OPEN;
    }

    /** Waits as long as something comes, or is applied. A standby that gets nothing any more may be moved because of that. */
    void await() {
        awaitReception().ifPresent(this::awaitReplay);
    }

    /** How far it has got, as long as something comes; empty if none is connected. */
    Optional<Long> awaitReception() {
        return Wait.untilPresent(
                        FIRST_WORD.plus(FIRST_WORD),
                        context.cancellation(),
                        () -> receiving.reception().filter(CatchUp::tells))
                .map(this::awaitReception);
    }

    private static boolean tells(Reception reception) {
        return reception.upstreamHas().isPresent() || reception.age().compareTo(FIRST_WORD) >= 0;
    }

    /**
     * Up to what the upstream has at the beginning: what is written meanwhile, the new upstream still has.
     *
     * @return how far it has got; less than that if nothing comes any more
     */
    private long awaitReception(Reception first) {
        long begin = first.flushed();
        long end = first.upstreamHas().orElse(begin);
        received = begin;
        Wait.untilOrStill(STANDSTILL, context.cancellation(), () -> hasReceived(end), () -> {
            context.progress("catching up " + when, received - begin, end - begin);
            return Optional.of(received);
        });
        return Math.min(received, end);
    }

    /** Also while it is not connected it has what it has. */
    private boolean hasReceived(long end) {
        receiving.reception().ifPresent(now -> received = now.flushed());
        return received >= end;
    }

    private void awaitReplay(long end) {
        long begin = receiving.replay().reached();
        Wait.untilOrStill(STANDSTILL, context.cancellation(), () -> hasApplied(end), () -> {
            long now = receiving.replay().reached();
            context.progress("applying what it has " + when, now - begin, end - begin);
            return Optional.of(now);
        });
    }

    private boolean hasApplied(long end) {
        Replay now = receiving.replay();
        return now.reached() >= end || now.isHeldUp();
    }
}
