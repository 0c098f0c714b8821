package io.pgherder.controller.report;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How far a standby is behind its upstream; each empty if that is not known.
 *
 * @param bytes of WAL that the upstream has and it has not
 * @param write as the upstream measures it, as the other two
 * @param replay empty also for a standby that has replayed all that there is, because the upstream goes on showing its last measurement
 */
public record Lags(
        Optional<Long> bytes, Optional<Duration> write, Optional<Duration> flush, Optional<Duration> replay) {
    static final Lags NONE = new Lags(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Lags {
        requireNonNull(bytes, "bytes is null");
        requireNonNull(write, "write is null");
        requireNonNull(flush, "flush is null");
        requireNonNull(replay, "replay is null");
    }

    /** @param sender the upstream's row of it */
    static Lags of(Optional<Long> bytes, Optional<WalSender> sender, Optional<Duration> replay) {
        return new Lags(bytes, sender.flatMap(WalSender::writeLag), sender.flatMap(WalSender::flushLag), replay);
    }
}
