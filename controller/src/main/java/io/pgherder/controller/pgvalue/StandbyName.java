package io.pgherder.controller.pgvalue;

import java.util.regex.Pattern;

/**
 * How a name is written in {@code synchronous_standby_names}: one with anything else than letters, digits, "_" and "$" stands in double
 * quotes, and a quote in it is doubled.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">
 *     synchronous_standby_names</a>
 */
public final class StandbyName {
    /** What needs no quotes; "any" and "first" do, alone as they stand for the method. */
    private static final Pattern PLAIN = Pattern.compile("\\*|\\d+|(?!(?:any|first)$)[a-z_][a-z0-9_$]*");

    private StandbyName() {}

    /** @param name in lower case */
    public static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
