package io.pgherder.agent.configfile;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines of a text with what ends them, a carriage return too: those that stay, stay byte for byte. */
final class WholeLines {
    private static final Pattern BEHIND_A_LINE = Pattern.compile("(?<=\n)");

    private WholeLines() {}

    /**
     * The text without some of its lines.
     *
     * @param isLeftOut of a line without what ends it
     */
    static String without(Predicate<String> isLeftOut, String text) {
        return BEHIND_A_LINE
                .splitAsStream(text)
                .filter(line -> !isLeftOut.test(bare(line)))
                .collect(Collectors.joining());
    }

    /** The text as one that lines can be added to. */
    static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    private static String bare(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }
}
