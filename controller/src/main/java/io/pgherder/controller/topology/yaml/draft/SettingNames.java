package io.pgherder.controller.topology.yaml.draft;

import java.util.List;
import java.util.Locale;

/** PostgreSQL's names of settings, whose case does not matter in its files but does in ours: there is one way to write each. */
final class SettingNames {
    /** All other names in pg_settings are in lower case. */
    private static final List<String> MIXED_CASE = List.of("DateStyle", "IntervalStyle", "TimeZone");

    private SettingNames() {}

    /** The name as pg_settings has it. */
    static String canonical(String name) {
        return MIXED_CASE.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseGet(() -> name.toLowerCase(Locale.ROOT));
    }
}
