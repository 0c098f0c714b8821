package io.pgherder.controller.pgvalue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Something that libpq takes for a connection beside where it goes and as whom, in any of PostgreSQL 13 to 18. Which of them a server knows
 * is a matter of its libpq, which is often newer than the server.
 *
 * @param name {@code sslmode}; upper and lower case matter
 * @param byDefault what libpq does without it; empty: nothing that has a name
 * @param expression what a value has to match whole
 * @param takes the same in words
 * @see <a href="https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-PARAMKEYWORDS">parameter key words</a>
 */
public record ConnectionOption(String name, String byDefault, String expression, String takes) {
    private static final String[] NO_OR_YES = {"0", "1"};

    private static final Map<String, ConnectionOption> ALL = Stream.of(
                    words("sslmode", "prefer", "disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
                    words("sslnegotiation", "postgres", "postgres", "direct"),
                    words("sslcompression", "0", NO_OR_YES),
                    file("sslcert"),
                    new ConnectionOption(
                            "sslkey",
                            "",
                            "/.*|[^/:]+:.+",
                            "an absolute path, or the name of an engine, a colon and a key"),
                    new ConnectionOption("sslrootcert", "", "/.*|system", "an absolute path, or system"),
                    file("sslcrl"),
                    file("sslcrldir"),
                    words("sslcertmode", "allow", "disable", "allow", "require"),
                    words("sslsni", "1", NO_OR_YES),
                    words("ssl_min_protocol_version", "TLSv1.2", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
                    words("ssl_max_protocol_version", "", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
                    words("min_protocol_version", "", "3.0", "3.2", "latest"),
                    words("max_protocol_version", "", "3.0", "3.2", "latest"),
                    words("channel_binding", "prefer", "disable", "prefer", "require"),
                    text("require_auth", ""),
                    words("gssencmode", "prefer", "disable", "prefer", "require"),
                    words("gssdelegation", "0", NO_OR_YES),
                    text("gsslib", ""),
                    text("krbsrvname", "postgres"),
                    text("requirepeer", ""),
                    number("connect_timeout"),
                    words("keepalives", "1", NO_OR_YES),
                    number("keepalives_idle"),
                    number("keepalives_interval"),
                    number("keepalives_count"),
                    number("tcp_user_timeout"),
                    words("load_balance_hosts", "disable", "disable", "random"),
                    words("target_session_attrs", "any", "any"),
                    text("client_encoding", ""),
                    text("options", ""))
            .collect(Collectors.toUnmodifiableMap(ConnectionOption::name, Function.identity()));

    public ConnectionOption {
        requireNonNull(name, "name is null");
        requireNonNull(byDefault, "byDefault is null");
        requireNonNull(expression, "expression is null");
        requireNonNull(takes, "takes is null");
    }

    private static ConnectionOption words(String name, String byDefault, String... words) {
        String expression =
                Stream.of(words).map(word -> word.replace(".", "\\.")).collect(Collectors.joining("|"));
        String takes = words.length == 1
                ? words[0]
                : String.join(", ", List.of(words).subList(0, words.length - 1)) + " or " + words[words.length - 1];
        return new ConnectionOption(name, byDefault, expression, takes);
    }

    private static ConnectionOption file(String name) {
        return new ConnectionOption(name, "", "/.*", "an absolute path");
    }

    private static ConnectionOption number(String name) {
        return new ConnectionOption(name, "0", "[0-9]{1,9}", "a whole number");
    }

    private static ConnectionOption text(String name, String byDefault) {
        return new ConnectionOption(name, byDefault, ".*", "a text");
    }

    /** Empty for what libpq does not know, and for what says where a connection goes, as whom, and with which secret. */
    public static Optional<ConnectionOption> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    public static Collection<String> names() {
        return ALL.keySet();
    }

    public boolean accepts(String value) {
        return value.matches(expression);
    }

    /** Of these options, those with which a connection is another one than without them. */
    public static SortedMap<String, String> thatMatter(Map<String, String> options) {
        SortedMap<String, String> some = new TreeMap<>(options);
        some.entrySet()
                .removeIf(option -> named(option.getKey())
                        .map(ConnectionOption::byDefault)
                        .orElse("")
                        .equals(option.getValue()));
        return some;
    }
}
