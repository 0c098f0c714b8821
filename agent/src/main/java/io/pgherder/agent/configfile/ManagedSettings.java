package io.pgherder.agent.configfile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What pgherder.conf holds: every setting that pgherder decides, sorted, one line each. The file is pgherder's own and is written as a
 * whole.
 *
 * @param values unquoted, by names as they are written; "TimeZone" and "timezone" are the same
 */
public record ManagedSettings(SortedMap<String, String> values) {
    /** Its name, beside postgresql.conf. */
    public static final String FILE = "pgherder.conf";

    private static final String HEADER = "# managed by pgherder; edits here are overwritten\n";

    public ManagedSettings {
        values = Collections.unmodifiableSortedMap(byName(values));
        values.forEach((name, value) -> {
            if (!ConfLine.isName(name)) {
                throw new IllegalArgumentException("not the name of a setting: " + name);
            }
            if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
                throw new IllegalArgumentException("the value of " + name + " is more than one line");
            }
        });
    }

    public static ManagedSettings of(Map<String, String> values) {
        return new ManagedSettings(byName(values));
    }

    private static SortedMap<String, String> byName(Map<String, String> values) {
        SortedMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(values);
        return sorted;
    }

    /** Reads it the way PostgreSQL does: the last entry of a name wins. */
    public static ManagedSettings parse(String text) {
        SortedMap<String, String> values = byName(Map.of());
        text.lines().forEach(line -> ConfLine.parse(line).ifPresent(said -> values.put(said.name(), said.value())));
        return new ManagedSettings(values);
    }

    /** What these lines set a name to, whatever else they hold; the last entry wins. */
    public static Optional<String> value(String name, List<String> lines) {
        return lines.stream()
                .flatMap(line -> ConfLine.parse(line).stream())
                .filter(said -> said.isCalled(name))
                .reduce((earlier, later) -> later)
                .map(ConfLine::value);
    }

    /** Without comments: {@code name = 'value'}. */
    public List<String> lines() {
        return values.entrySet().stream()
                .map(entry -> new ConfLine(entry.getKey(), entry.getValue()).toString())
                .toList();
    }

    /** The whole file. */
    public String render() {
        StringBuilder text = new StringBuilder(HEADER);
        lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The same with other values for some names; all other lines stay. */
    public ManagedSettings with(Map<String, String> changed) {
        SortedMap<String, String> all = byName(values);
        all.putAll(changed);
        return new ManagedSettings(all);
    }
}
