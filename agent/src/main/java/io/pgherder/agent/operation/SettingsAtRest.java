package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.operation.FormerSettings.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of an instance that no process can be asked of, as pgherder.conf and postgresql.auto.conf have them.
 *
 * @param values by name, whatever its case
 */
record SettingsAtRest(SortedMap<String, String> values) {
    /** postgresql.auto.conf is read last. */
    static SettingsAtRest of(ManagedSettings managed, String autoConf) {
        SortedMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(managed.values());
        AutoConf.lines(autoConf).forEach(line -> values.put(line.name(), line.value()));
        return new SettingsAtRest(values);
    }

    /**
     * What these files have of what the next ones have otherwise. What pgherder decides is not among it: a standby does not go back to a former
     * upstream.
     *
     * @param kept of earlier writings that no server has started with: what the files had before them all counts
     */
    List<Waiting> before(SettingsAtRest next, List<Waiting> kept) {
        List<Waiting> waiting = new ArrayList<>(kept.stream()
                .filter(each -> !each.former().equals(next.value(each.name())))
                .toList());
        SortedMap<String, String> all = new TreeMap<>(values);
        all.putAll(next.values);
        all.keySet().stream()
                .filter(name -> !ConfigurationFiles.DECIDED.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name -> kept.stream().noneMatch(each -> each.name().equalsIgnoreCase(name)))
                .filter(name -> !value(name).equals(next.value(name)))
                .map(name -> new Waiting(name, value(name), false))
                .forEach(waiting::add);
        return waiting;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
