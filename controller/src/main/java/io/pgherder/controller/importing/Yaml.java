package io.pgherder.controller.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The text of a YAML file, line by line, with comments above what they are about. */
final class Yaml {
    private static final int WIDTH = 110;

    /** What every reader of YAML takes for the same text, without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_.][A-Za-z0-9/_.+%-]*");

    private static final Set<String> NOT_TEXT = Set.of("null", "Null", "NULL", "~", "...");

    private final StringBuilder text = new StringBuilder();

    /** @param depth how deep it is nested, from 0 */
    Yaml line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
        return this;
    }

    Yaml blank() {
        text.append('\n');
        return this;
    }

    /** As many lines as it takes. */
    Yaml comment(int depth, String comment) {
        for (String line : wrapped(comment, WIDTH - 2 * depth)) {
            line(depth, "# " + line);
        }
        return this;
    }

    private static List<String> wrapped(String comment, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(comment).split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** On one line to every reader: what comes from a host must not end its comment. */
    private static String printable(String comment) {
        return comment.chars()
                .map(c -> isPrintable(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A text, in double quotes where it needs some. */
    static String quoted(String value) {
        if (PLAIN.matcher(value).matches() && !NOT_TEXT.contains(value)) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(isPrintable(c) ? Character.toString(c) : "\\u%04x".formatted(c));
            }
        });
        return quoted.append('"').toString();
    }

    /** To every reader of YAML; a surrogate is half of a character that is. */
    private static boolean isPrintable(int c) {
        return c >= ' ' && c != 0x7f && (c < 0x80 || c >= 0xa0) && c != 0x2028 && c != 0x2029 && c != 0xfeff;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
