package io.pgherder.controller.plan.action;

import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.Topology;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * All that pgherder.conf and pg_hba.conf of one node hold.
 *
 * @param settings without those that pgherder owns; unquoted values
 * @param synchronousStandbyNames inert on a standby until it is promoted
 * @param upstream empty on the primary
 * @param hba empty: pg_hba.conf is not managed
 */
public record Configuration(
        SortedMap<String, String> settings,
        String synchronousStandbyNames,
        Optional<Upstream> upstream,
        Optional<List<String>> hba) {
    /**
     * A password in a setting, as a command may hold one: as written, or as an agent masks it, which tells of what it runs. The same for both, so that an
     * action is known again when it comes back.
     */
    private static final Pattern WITH_A_PASSWORD =
            Pattern.compile("(?is).*(?:password\\s*=|://[^\\s:@/]*:[^\\s\"']*@).*");

    public Configuration {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        requireNonNull(synchronousStandbyNames, "synchronousStandbyNames is null");
        requireNonNull(upstream, "upstream is null");
        hba = hba.map(List::copyOf);
    }

    /** All of it, as far as it tells two actions apart: without the values that hold a password. */
    List<Object> essence() {
        return List.of(settingsWithoutPasswords(), synchronousStandbyNames, upstream, hba);
    }

    SortedMap<String, String> settingsWithoutPasswords() {
        SortedMap<String, String> without = new TreeMap<>(settings);
        without.replaceAll((name, value) -> WITH_A_PASSWORD.matcher(value).matches() ? "with a password" : value);
        return without;
    }

    /** As declared for the node, while it streams from this upstream. */
    public static Configuration of(Topology topology, NodeName node, Optional<Upstream> upstream) {
        return new Configuration(
                topology.node(node).settings(),
                SettingsDrift.synchronousStandbyNames(topology, node),
                upstream,
                topology.hba());
    }
}
