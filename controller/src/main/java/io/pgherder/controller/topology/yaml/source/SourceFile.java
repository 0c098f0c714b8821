package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file as text, once it is known to be text.
 *
 * @param displayPath as the user named it
 * @param sha256 over its bytes as they are on disk, in hexadecimal: what sha256sum prints
 * @param lines as they may be shown: without what is secret
 */
public record SourceFile(Path path, String displayPath, String sha256, String text, List<String> lines) {
    /** A secret must not come back on the screen because something else is wrong with its line. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:password[\"']?\\s*[:=]|(?:secret|passphrase|passwd|token|api_?key)\\w*\\s*=)\\s*)(?![{\\[#\\s]).+");

    private static final Pattern IN_A_URI = Pattern.compile("(://[^\\s:@/]*:)[^\\s\"']*@");

    private static final char BYTE_ORDER_MARK = '\ufeff';

    public SourceFile {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a file that may be a topology.
     *
     * @throws io.pgherder.controller.problem.ProblemsException if it is missing, a directory, too large, or not UTF-8
     */
    public static SourceFile read(Path path, String displayPath) {
        byte[] bytes = FileBytes.read(path, displayPath);
        String decoded = Utf8.decode(bytes, displayPath);
        String text = !decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK ? decoded.substring(1) : decoded;
        List<String> lines = text.lines().map(SourceFile::masked).toList();
        return new SourceFile(path, displayPath, Sha256.of(bytes), text, lines);
    }

    private static String masked(String line) {
        return IN_A_URI.matcher(SECRET.matcher(line).replaceAll("$1********")).replaceAll("$1********@");
    }

    /** Line and column count from 1; the line's text comes along. */
    public Place place(int line, int column) {
        return new Place(displayPath, line, column, line <= lines.size() ? lines.get(line - 1) : "");
    }

    public Place start() {
        return new Place(displayPath, 1, 1);
    }
}
