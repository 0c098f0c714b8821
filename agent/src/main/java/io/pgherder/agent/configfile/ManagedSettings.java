package io.pgherder.agent.configfile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * What pgherder.conf holds: every setting that pgherder decides, sorted, one line each. The file is pgherder's own and is written as a
 * whole.
 *
 * @param cluster whose node it was written for, as its first line says; empty: it does not say
 * @param values unquoted, by names as they are written; "TimeZone" and "timezone" are the same, and may be of several lines
 */
public record ManagedSettings(String cluster, SortedMap<String, String> values) {
    /** Its name, beside postgresql.conf. */
    public static final String FILE = "pgherder.conf";

    private static final Pattern HEADER =
            Pattern.compile("# managed by pgherder for cluster (.+); edits here are overwritten");

    public ManagedSettings {
        requireNonNull(cluster, "cluster is null");
        if (isMoreThanOneLine(cluster)) {
            throw new IllegalArgumentException("the name of the cluster is more than one line");
        }
        values = Collections.unmodifiableSortedMap(byName(values));
        values.forEach((name, value) -> {
            if (!ConfLine.isName(name)) {
                throw new IllegalArgumentException("not the name of a setting: " + name);
            }
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("the value of " + name + " has a character that ends it");
            }
        });
    }

    private static boolean isMoreThanOneLine(String text) {
        return text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0);
    }

    /** Whether a setting can be called so: letters, digits, underscores, and a dot in the names of extensions. */
    public static boolean isName(String name) {
        return ConfLine.isName(name);
    }

    public static ManagedSettings of(String cluster, Map<String, String> values) {
        return new ManagedSettings(cluster, byName(values));
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
        return new ManagedSettings(cluster(text.lines().toList()), values);
    }

    /** The cluster that these lines, as a whole file has them, were written for; empty if they do not say. */
    public static String cluster(List<String> lines) {
        return lines.stream()
                .map(HEADER::matcher)
                .filter(Matcher::matches)
                .map(header -> header.group(1))
                .findFirst()
                .orElse("");
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
        StringBuilder text = new StringBuilder("# managed by pgherder"
                + (cluster.isEmpty() ? "" : " for cluster " + cluster) + "; edits here are overwritten\n");
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
        return new ManagedSettings(cluster, all);
    }
}
