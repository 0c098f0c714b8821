package io.pgherder.controller.topology;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Up to where what moves all the time is as it should be; beyond is drift. An empty limit: nothing is compared.
 *
 * @param lagBytes how far a standby may be behind its upstream, in WAL
 * @param replayLag how old what a standby replays may be, as its upstream measures it: {@code pg_stat_replication.replay_lag}
 * @param slotWalBytes how much WAL one replication slot may keep
 */
public record DriftLimits(Optional<Long> lagBytes, Optional<Duration> replayLag, Optional<Long> slotWalBytes) {
    public static final DriftLimits NONE = new DriftLimits(Optional.empty(), Optional.empty(), Optional.empty());

    public DriftLimits {
        requireNonNull(lagBytes, "lagBytes is null");
        requireNonNull(replayLag, "replayLag is null");
        requireNonNull(slotWalBytes, "slotWalBytes is null");
        if (lagBytes.filter(bytes -> bytes < 1).isPresent()
                || replayLag.filter(age -> age.isNegative() || age.isZero()).isPresent()
                || slotWalBytes.filter(bytes -> bytes < 1).isPresent()) {
            throw new IllegalArgumentException(
                    "limit below its least: " + lagBytes + ", " + replayLag + ", " + slotWalBytes);
        }
    }
}
