package io.pgherder.agent.configfile;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * How a standby, or a base backup, connects to its upstream: never with a password in it, but with the name of the file that has one.
 *
 * @param passfile path of a libpq password file; empty: none
 * @param applicationName by which the upstream knows it, also in synchronous_standby_names
 * @see <a href="https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING">connection strings</a>
 */
public record PrimaryConninfo(String host, int port, String user, String passfile, String applicationName) {
    private static final Pattern PART =
            Pattern.compile("(\\s*(\\w+)\\s*=\\s*)('(?:[^'\\\\]|\\\\.)*+'|(?!')(?:[^\\s\\\\]|\\\\.)*+)(\\s*)");

    private static final Set<String> SECRET = Set.of("password", "sslpassword", "oauth_client_secret");

    public PrimaryConninfo {
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(passfile, "passfile is null");
        requireNonNull(applicationName, "applicationName is null");
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
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + quoted(part.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** What is not there is empty, or libpq's default port. */
    public static PrimaryConninfo parse(String text) {
        Map<String, String> parts = parts(text);
        return new PrimaryConninfo(
                parts.getOrDefault("host", ""),
                port(parts.getOrDefault("port", "")),
                parts.getOrDefault("user", ""),
                parts.getOrDefault("passfile", ""),
                parts.getOrDefault("application_name", ""));
    }

    /**
     * A conninfo with the password, should somebody have put one in, masked; and with what is no keyword and value, as a URI is none,
     * because there may be one in it.
     */
    static String withoutPassword(String text) {
        StringBuilder masked = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.lookingAt()) {
            boolean secret = SECRET.contains(part.group(2).toLowerCase(Locale.ROOT));
            masked.append(part.group(1))
                    .append(secret ? PasswordMask.MASK : part.group(3))
                    .append(part.group(4));
            part.region(part.end(), text.length());
        }
        boolean understood = text.substring(part.regionStart()).isBlank();
        return understood ? masked.toString() : masked + PasswordMask.MASK;
    }

    private static Map<String, String> parts(String text) {
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
