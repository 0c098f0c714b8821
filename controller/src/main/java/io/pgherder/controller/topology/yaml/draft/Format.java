package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.pgvalue.SettingType;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a text must be written. The same expressions stand in the JSON Schema. */
public enum Format {
    CLUSTER_NAME(
            "[a-z][a-z0-9_-]{0,62}",
            "a cluster name",
            "lower-case letters, digits, _ and -, beginning with a letter, at most 63"),
    NODE_NAME(
            "[a-z][a-z0-9_]{0,62}",
            "a node name",
            "lower-case letters, digits and _, beginning with a letter, at most 63: PostgreSQL knows the standby by it"),
    HOST_NAME(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,62}",
            "a host name",
            "letters, digits, dots, _ and -, at most 63: it names the host in this file only"),
    ADDRESS(
            "[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}",
            "an address",
            "a host name, an IPv4 or an IPv6 address, without a port"),
    AGENT(
            "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9][A-Za-z0-9._-]*)?(:[0-9]{1,5})?",
            "an agent's address",
            "\"host:port\", \":port\" or \"host\"; an IPv6 address in brackets, as in \"[::1]:7432\""),
    DIRECTORY(
            "/[^\\x00-\\x1f\\x7f\"$`\\\\]*",
            "an absolute path",
            "a path from the root of the host's file system, as in \"/data01/pg/pg_root{port}\"; none of \", $, ` and \\, which the"
                    + " shell of pg_ctl would read"),
    ROLE(
            "(?!pg_)[A-Za-z_][A-Za-z0-9_-]{0,62}",
            "a role name",
            "letters, digits, _ and -, at most 63, not beginning with \"pg_\", which PostgreSQL keeps for itself"),
    RATE(
            "[1-9][0-9]*[kM]?",
            "a rate",
            "as pg_basebackup --max-rate takes it: \"50M\" for 50 MB a second, \"512k\", \"512\""),
    ENCODING("[A-Za-z0-9_-]+", "an encoding", "as initdb --encoding takes it, such as \"UTF8\""),
    LOCALE("[A-Za-z0-9_.@-]+", "a locale", "as initdb --locale takes it, such as \"C.UTF-8\""),
    VARIABLE("[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable", "as in \"REP_PASSWORD\""),
    SESSIONS(
            "role [^ ](?:(?! in ).)*(?: in database [^ ](?:(?! in ).)*)?|database [^ ](?:(?! in ).)*",
            "a role or a database",
            "\"role etl\", \"database scratch\" or \"role etl in database scratch\""),
    SIZE(
            "(?!0[0-9])(?=[0.]*[1-9])[0-9]{1,15}(\\.[0-9]{1,6})? ?(B|kB|MB|GB|TB)",
            "a size",
            "a number above 0 and one of B, kB, MB, GB, TB, as in \"64MB\"",
            SettingType.SIZE),
    TIME(
            "(?!0[0-9])(?=[0.]*[1-9])[0-9]{1,15}(\\.[0-9]{1,6})? ?(us|ms|s|min|h|d)",
            "a time",
            "a number above 0 and one of us, ms, s, min, h, d, as in \"30s\"",
            SettingType.TIME);

    private final String expression;
    private final Pattern pattern;
    private final String noun;
    private final String rule;
    private final Optional<SettingType> measured;

    Format(String expression, String noun, String rule) {
        this(expression, noun, rule, Optional.empty());
    }

    Format(String expression, String noun, String rule, SettingType measured) {
        this(expression, noun, rule, Optional.of(measured));
    }

    Format(String expression, String noun, String rule, Optional<SettingType> measured) {
        this.expression = expression;
        this.pattern = Pattern.compile(expression);
        this.noun = noun;
        this.rule = rule;
        this.measured = measured;
    }

    public boolean accepts(String text) {
        return matches(text) && measured.stream().allMatch(type -> amount(type, text) > 0);
    }

    private boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    /** In the type's smallest unit; negative if it cannot be counted. */
    private static long amount(SettingType type, String text) {
        return type.measure(text).orElse(-1L);
    }

    /** The expression, to be matched whole. */
    public String expression() {
        return expression;
    }

    /** "a node name". */
    public String noun() {
        return noun;
    }

    /** What makes a text one, for a person. */
    public String rule() {
        return rule;
    }

    /** What to write instead of one that is not accepted. */
    String hint(String refused) {
        if (matches(refused) && measured.stream().anyMatch(type -> amount(type, refused) < 0)) {
            return "it is more than can be counted: write less";
        }
        return measured.flatMap(type -> type.unitMeant(refused))
                .filter(unit -> !refused.strip().endsWith(unit))
                .map(unit -> "did you mean " + unit + "? Upper and lower case matter")
                .orElse("write " + rule);
    }
}
