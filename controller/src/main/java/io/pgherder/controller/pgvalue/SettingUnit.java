package io.pgherder.controller.pgvalue;

import java.util.Map;
import java.util.Optional;

/** The units in which values of settings are written; upper and lower case matter. */
final class SettingUnit {
    /** In bytes. */
    static final Map<String, Long> SIZES =
            Map.of("B", 1L, "kB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);

    /** In microseconds. */
    static final Map<String, Long> TIMES = Map.of(
            "us", 1L, "ms", 1_000L, "s", 1_000_000L, "min", 60_000_000L, "h", 3_600_000_000L, "d", 86_400_000_000L);

    private SettingUnit() {}

    /** In bytes or in microseconds: a setting has units of one kind only. */
    static Optional<Long> factor(String unit) {
        return Optional.ofNullable(SIZES.get(unit)).or(() -> Optional.ofNullable(TIMES.get(unit)));
    }
}
