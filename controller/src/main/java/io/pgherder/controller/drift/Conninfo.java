package io.pgherder.controller.drift;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A libpq connection string taken apart.
 *
 * @see <a href="https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING">connection strings</a>
 */
public record Conninfo(Map<String, String> parameters) {
    private static final Pattern PARAMETER =
            Pattern.compile("([a-z_]+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'|(?:[^\\s'\\\\]|\\\\.)*)");
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
