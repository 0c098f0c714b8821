package io.pgherder.controller.topology.yaml.rule;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The fields of a line of pg_hba.conf: separated by blanks, lists held together by commas, quotes protecting what they enclose, and a
 * comment ending the line.
 */
final class HbaFields {
    private static final String PART = "(?:\"[^\"]*\"|[^\\s,#\"])+";
    private static final Pattern FIELD = Pattern.compile(PART + "(?:,\\s*" + PART + ")*|#.*|.");

    private HbaFields() {}

    static List<String> of(String line) {
        return FIELD.matcher(line.strip())
                .results()
                .map(MatchResult::group)
                .filter(field -> !field.isBlank())
                .takeWhile(field -> !field.startsWith("#"))
                .toList();
    }
}
