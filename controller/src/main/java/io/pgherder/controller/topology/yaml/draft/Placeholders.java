package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;

/** {@code {port}} and its like, in directories, settings and connection options. */
final class Placeholders {
    static final List<String> KNOWN = List.of("node", "port", "cluster", "host", "address");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final Map<String, String> values;

    /** @param values by name; a name that is not among them stays as it is */
    Placeholders(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    Written fill(Written written) {
        Matcher places = PLACEHOLDER.matcher(written.text());
        return written.with(places.replaceAll(
                place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group()))));
    }

    /** A directory has no other use for braces than placeholders, nor has a connection option. */
    static void check(Written text, Problems problems) {
        PLACEHOLDER
                .matcher(text.text())
                .results()
                .map(MatchResult::group)
                .map(braces -> braces.substring(1, braces.length() - 1))
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> problems.add(text.problem(INVALID_VALUE, "unknown placeholder {" + name + "}")
                        .detail("known here: {" + String.join("}, {", KNOWN) + "}")
                        .hint(NearMatch.question(name, KNOWN))));
        if (PLACEHOLDER.matcher(text.text()).replaceAll("").matches(".*[{}].*")) {
            problems.add(text.problem(INVALID_VALUE, "a brace in \"" + text + "\" has no partner")
                    .hint("placeholders are written {node}, {port}, ..."));
        }
    }
}
