package io.pgherder.controller.pgvalue;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A connection string in its other form, {@code postgresql://user:password@host:port/dbname?option=value}. Several hosts become a list with
 * commas, as they are written in keywords and values.
 *
 * @see <a href="https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING">connection strings</a>
 */
public final class ConninfoUri {
    private static final Pattern SCHEME = Pattern.compile("postgres(?:ql)?://");

    private static final String PLACE = "(?:\\[[^\\]/@]*\\]|[^:/?,@\\[]*)(?::[^/?,@]*)?";

    /** The agent has masked the password, if there is one. */
    private static final Pattern URI =
            Pattern.compile(SCHEME + "(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<places>" + PLACE + "(?:,"
                    + PLACE + ")*)(?:/(?<dbname>[^?@]*))?(?:\\?(?<options>.*))?");

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[(?<address>.*)\\]|(?<host>[^:]*))(?::(?<port>.*))?");

    private ConninfoUri() {}

    public static boolean isOne(String text) {
        return SCHEME.matcher(text).lookingAt();
    }

    /** By keyword; empty where libpq would not understand it. */
    public static Optional<Map<String, String>> parts(String text) {
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            return Optional.empty();
        }
        List<Matcher> places = Stream.of(group(uri, "places").split(",", -1))
                .map(HOST_AND_PORT::matcher)
                .filter(Matcher::matches)
                .toList();
        Map<String, String> parts = new LinkedHashMap<>();
        try {
            put(parts, "user", group(uri, "user"));
            put(parts, "password", group(uri, "password"));
            put(parts, "host", list(places, place -> group(place, "address") + group(place, "host")));
            put(parts, "port", list(places, place -> group(place, "port")));
            put(parts, "dbname", group(uri, "dbname"));
            for (String option : options(uri)) {
                put(parts, option);
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(parts);
    }

    private static List<String> options(Matcher uri) {
        String options = group(uri, "options");
        return options.isEmpty() ? List.of() : List.of(options.split("&", -1));
    }

    private static void put(Map<String, String> parts, String option) {
        String[] keyAndValue = option.split("=", -1);
        if (keyAndValue.length != 2 || keyAndValue[0].isEmpty()) {
            throw new IllegalArgumentException("no option");
        }
        boolean isOfJdbc = option.equals("ssl=true");
        parts.put(isOfJdbc ? "sslmode" : decoded(keyAndValue[0]), isOfJdbc ? "require" : decoded(keyAndValue[1]));
    }

    private static void put(Map<String, String> parts, String key, String written) {
        if (!written.isEmpty()) {
            parts.put(key, decoded(written));
        }
    }

    private static String list(List<Matcher> places, Function<Matcher, String> part) {
        List<String> parts = places.stream().map(part).toList();
        return parts.stream().allMatch(String::isEmpty) ? "" : String.join(",", parts);
    }

    private static String group(Matcher matcher, String name) {
        return Optional.ofNullable(matcher.group(name)).orElse("");
    }

    /** A plus is no blank here. */
    private static String decoded(String written) {
        return URLDecoder.decode(written.replace("+", "%2B"), UTF_8);
    }
}
