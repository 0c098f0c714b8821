package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.StandbyName;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The language of {@code synchronous_standby_names}, as far as values need it that PostgreSQL has accepted:
 * {@code ANY 2 (a, b, c)}, {@code FIRST 1 (a, b)}, the older {@code 2 (a, b, c)}, which is FIRST too, or a mere list, which waits for its
 * first. How a name is written, {@link StandbyName} knows.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">
 *     synchronous_standby_names</a>
 */
final class StandbyNames {
    private static final Pattern COUNT =
            Pattern.compile("\\s*(any|first)?\\s*(\\d{1,9})\\s*\\(", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME = Pattern.compile("\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|[^\\s,()\"]+");

    private StandbyNames() {}

    static SynchronousStandbys parse(String setting) {
        if (setting.isBlank()) {
            return SynchronousStandbys.NONE;
        }
        Matcher count = COUNT.matcher(setting);
        if (!count.lookingAt()) {
            return new SynchronousStandbys(Method.FIRST, 1, names(setting));
        }
        return new SynchronousStandbys(
                "any".equalsIgnoreCase(count.group(1)) ? Method.ANY : Method.FIRST,
                Integer.parseInt(count.group(2)),
                names(setting.substring(count.end())));
    }

    /** What is between names, and the bracket after the last one, is no part of any. */
    private static List<String> names(String list) {
        return NAME.matcher(list)
                .results()
                .map(name ->
                        name.group(1) == null ? name.group() : name.group(1).replace("\"\"", "\""))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The names as a list that reads as the same ones. */
    static String list(List<String> names) {
        return names.stream().map(StandbyName::quoted).collect(Collectors.joining(", "));
    }
}
