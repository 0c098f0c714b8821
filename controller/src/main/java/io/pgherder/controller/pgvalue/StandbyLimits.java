package io.pgherder.controller.pgvalue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of which a standby needs at least as much as its primary has, with PostgreSQL's own defaults: what is in force where
 * no file says anything.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
public final class StandbyLimits {
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("max_connections", 100);
        DEFAULTS.put("max_worker_processes", 8);
        DEFAULTS.put(UpstreamLimits.MAX_WAL_SENDERS, UpstreamLimits.DEFAULT);
        DEFAULTS.put("max_prepared_transactions", 0);
        DEFAULTS.put("max_locks_per_transaction", 64);
    }

    private StandbyLimits() {}

    /** From name to default. */
    public static Map<String, Integer> defaults() {
        return Collections.unmodifiableMap(DEFAULTS);
    }
}
