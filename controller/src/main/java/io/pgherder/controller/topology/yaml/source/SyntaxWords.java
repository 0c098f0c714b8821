package io.pgherder.controller.topology.yaml.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The YAML parser's complaints in the words of somebody who writes files, with what usually helps. */
final class SyntaxWords {
    private static final Pattern BAD_START = Pattern.compile("found character '(.+)' that cannot start any token.*");

    private SyntaxWords() {}

    static String of(String said) {
        Matcher badStart = BAD_START.matcher(said);
        if (said.contains("\\t(TAB)")) {
            return "a tab cannot indent";
        }
        if (badStart.matches()) {
            return "a value cannot begin with " + badStart.group(1);
        }
        return said.replaceAll("but (got|found) '?([^'\\s]+)'?$", "but $1 \"$2\"");
    }

    static boolean isEndOfFile(String said) {
        return said.contains("<stream end>") || said.contains("end of stream");
    }

    /** @param context "while scanning a quoted scalar" */
    static String unfinished(String context) {
        return "the file ends within " + context.replaceFirst("while (scanning|parsing) ", "");
    }

    static String hintFor(String said) {
        if (said.contains("\\t(TAB)")) {
            return "indent with spaces";
        }
        if (BAD_START.matcher(said).matches()
                || said.startsWith("mapping values are not allowed")
                || said.matches("expected ',' or .*got [{\\[]")) {
            return "put the value into quotes";
        }
        if (said.startsWith("found undefined alias")) {
            return "is there an anchor (&name) of that name above? A value that begins with * needs quotes";
        }
        return "is a quote, bracket or brace left open, or a line indented differently from its neighbours?";
    }
}
