package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.pgvalue.QuotedValue;
import io.pgherder.controller.pgvalue.SettingName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pgherder.conf holds, as values: its lines read the way PostgreSQL reads them.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-CONFIGURATION-FILE">configuration files</a>
 * @param strange lines that are no settings: with one of them PostgreSQL takes none of the file. Also that there are lines which were not
 *     told: among them there may be one
 */
public record ManagedFile(SortedMap<String, String> values, List<String> strange) {
    public static final ManagedFile NONE = new ManagedFile(new TreeMap<>(), List.of());

    /** What the agent writes there by itself, from the node's place and upstream: declared nowhere under {@code settings}. */
    static final Set<String> OWNED = Set.of(
            "cluster_name",
            "hot_standby",
            "port",
            "primary_conninfo",
            "primary_slot_name",
            "recovery_target_timeline",
            "unix_socket_directories");

    private static final Pattern LINE = Pattern.compile(
            "\\s*(" + SettingName.REGEX + ")\\s*(?:=\\s*|\\s|(?='))('(?:[^'\\\\]|''|\\\\.)*+'|[^\\s#'=]+)\\s*(?:#.*)?");

    public ManagedFile {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        strange = List.copyOf(strange);
    }

    public static ManagedFile of(ConfigFile file) {
        SortedMap<String, String> values = new TreeMap<>();
        List<String> strange = new ArrayList<>();
        for (String line : file.lines()) {
            Matcher setting = LINE.matcher(line);
            if (setting.matches()) {
                values.put(setting.group(1), QuotedValue.unquoted(setting.group(2)));
            } else {
                strange.add(line);
            }
        }
        if (!file.isWhole()) {
            strange.add("(and " + file.linesLeftOut() + " more lines)");
        }
        return new ManagedFile(values, strange);
    }

    /** What its line says, be it nothing; empty if there is no line. */
    public Optional<String> line(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public Optional<String> value(String name) {
        return line(name).filter(value -> !value.isEmpty());
    }

    /** Where the instance streams from once it runs; empty on a primary. */
    public Optional<Conninfo> upstream() {
        return value("primary_conninfo").map(Conninfo::parse);
    }
}
