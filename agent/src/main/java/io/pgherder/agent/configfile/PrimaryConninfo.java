package io.pgherder.agent.configfile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * How a standby, or a base backup, connects to its upstream: never with a password in it, but with the name of the file that has one.
 *
 * @param passfile path of a libpq password file; empty: none
 * @param applicationName by which the upstream knows it, also in synchronous_standby_names
 * @param options everything else that libpq takes, by keyword: {@code sslmode}; no password among them
 * @see <a href="https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING">connection strings</a>
 */
public record PrimaryConninfo(
        String host,
        int port,
        String user,
        String passfile,
        String applicationName,
        SortedMap<String, String> options) {
    private static final Pattern PART =
            Pattern.compile("(\\s*(\\w+)\\s*=\\s*)('(?:[^'\\\\]|\\\\.)*+'|(?!')(?:[^\\s\\\\]|\\\\.)*+)(\\s*)");

    private static final Set<String> SECRET =
            Set.of("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key");

    /** What a conninfo has a part of its own for. */
    private static final Set<String> NO_OPTIONS =
            Set.of("host", "port", "user", "password", "passfile", "application_name");

    /** They say in another way where a connection goes and as whom, or have libpq write a file. */
    private static final Set<String> FORBIDDEN = Set.of(
            "dbname",
            "fallback_application_name",
            "hostaddr",
            "replication",
            "service",
            "servicefile",
            "sslkeylogfile");

    public PrimaryConninfo {
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(passfile, "passfile is null");
        requireNonNull(applicationName, "applicationName is null");
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** As libpq reads it. */
    public String text() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("host", host);
        parts.put("port", Integer.toString(port));
        parts.put("user", user);
        if (!passfile.isEmpty()) {
            parts.put("passfile", passfile);
        }
        parts.put("application_name", applicationName);
        parts.putAll(options);
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + quoted(part.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** What is not there is empty, or libpq's default port. */
    public static PrimaryConninfo parse(String text) {
        Map<String, String> parts = parts(text);
        SortedMap<String, String> options = new TreeMap<>(parts);
        options.keySet().removeAll(NO_OPTIONS);
        return new PrimaryConninfo(
                parts.getOrDefault("host", ""),
                port(parts.getOrDefault("port", "")),
                parts.getOrDefault("user", ""),
                parts.getOrDefault("passfile", ""),
                parts.getOrDefault("application_name", ""),
                options);
    }

    /** A conninfo with the password, should somebody have put one in, masked; and with what is not understood, because there may be one in it. */
    static String withoutPassword(String text) {
        if (ConninfoUri.isOne(text)) {
            return ConninfoUri.masked(text);
        }
        StringBuilder masked = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.lookingAt()) {
            boolean secret = isSecret(part.group(2));
            masked.append(part.group(1))
                    .append(secret ? PasswordMask.MASK : part.group(3))
                    .append(part.group(4));
            part.region(part.end(), text.length());
        }
        boolean understood = text.substring(part.regionStart()).isBlank();
        return understood ? masked.toString() : masked + PasswordMask.MASK;
    }

    /** Whether somebody else than pgherder may decide it, and a line of a settings file can hold it. */
    public static boolean isOption(String keyword, String value) {
        return keyword.matches("[a-z_]+")
                && !NO_OPTIONS.contains(keyword)
                && !FORBIDDEN.contains(keyword)
                && !isSecret(keyword)
                && value.chars().noneMatch(Character::isISOControl);
    }

    static boolean isSecret(String keyword) {
        return SECRET.contains(keyword.toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> parts(String text) {
        if (ConninfoUri.isOne(text)) {
            return ConninfoUri.parts(text).orElse(Map.of());
        }
        Map<String, String> parts = new LinkedHashMap<>();
        Matcher part = PART.matcher(text);
        while (part.lookingAt()) {
            parts.put(part.group(2), unquoted(part.group(3)));
            part.region(part.end(), text.length());
        }
        return parts;
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 5432;
    }

    private static String quoted(String value) {
        boolean plain = value.matches("[^\\s'\\\\=]+");
        return plain ? value : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String unquoted(String written) {
        String inner = written.startsWith("'") ? written.substring(1, written.length() - 1) : written;
        return inner.replaceAll("\\\\(.)", "$1");
    }
}
