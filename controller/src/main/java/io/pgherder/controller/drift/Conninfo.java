package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.ConninfoUri;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A libpq connection string taken apart.
 *
 * @see <a href="https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING">connection strings</a>
 */
public record Conninfo(Map<String, String> parameters) {
    private static final Pattern PARAMETER =
            Pattern.compile("([a-z_]+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*+'|(?:[^\\s'\\\\]|\\\\.)*+)");
    /** Where it leads, as whom, under which name: these follow from other things than connection options. */
    private static final Set<String> DECIDED = Set.of(
            "application_name",
            "dbname",
            "fallback_application_name",
            "host",
            "passfile",
            "password",
            "port",
            "replication",
            "user");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    public Conninfo {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Either form; empty of what libpq would not understand, and of what an agent has masked whole. */
    public static Conninfo parse(String text) {
        if (ConninfoUri.isOne(text)) {
            return new Conninfo(ConninfoUri.parts(text).orElse(Map.of()));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            parameters.put(parameter.group(1), unquoted(parameter.group(2)));
        }
        return new Conninfo(parameters);
    }

    private static String unquoted(String value) {
        String inner = value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
        return ESCAPED.matcher(inner).replaceAll("$1");
    }

    /** What is told libpq beside where it connects to, as whom, and under which name: {@code sslmode}. */
    public SortedMap<String, String> options() {
        SortedMap<String, String> options = new TreeMap<>(parameters);
        options.keySet().removeAll(DECIDED);
        return options;
    }

    public Optional<String> host() {
        return Optional.ofNullable(parameters.get("host"));
    }

    public Optional<String> user() {
        return Optional.ofNullable(parameters.get("user"));
    }

    /** The name by which a primary counts it as synchronous; empty: its cluster_name. */
    public Optional<String> applicationName() {
        return Optional.ofNullable(parameters.get("application_name"));
    }

    public Optional<Integer> port() {
        return Optional.ofNullable(parameters.get("port"))
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Integer::valueOf);
    }
}
