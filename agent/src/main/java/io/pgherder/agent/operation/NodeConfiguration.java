package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PasswordMask;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * All that pgherder.conf and pg_hba.conf of one node hold.
 *
 * @param settings without those that pgherder owns; unquoted values
 * @param synchronousStandbyNames inert on a standby until it is promoted
 * @param upstream empty on the primary
 * @param hba empty: pg_hba.conf is not managed
 */
public record NodeConfiguration(
        Map<String, String> settings,
        String synchronousStandbyNames,
        Optional<Upstream> upstream,
        Optional<List<String>> hba) {
    public NodeConfiguration {
        SortedMap<String, String> sorted = new TreeMap<>(settings);
        settings = Collections.unmodifiableSortedMap(sorted);
        requireNonNull(synchronousStandbyNames, "synchronousStandbyNames is null");
        requireNonNull(upstream, "upstream is null");
        hba = hba.map(List::copyOf);
    }

    /** What others may see of the value of a setting: a command in it may hold a password. */
    public static String withoutPassword(String setting, String value) {
        return PasswordMask.value(setting, value);
    }
}
