package io.pgherder.agent.configfile;

import io.pgherder.agent.system.FileText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a postgresql.conf that says something: {@code name = value}, the equals sign optional, a comment allowed behind. Where no
 * character of the name could follow, as a quote, blanks are optional too. PostgreSQL's own rules are those of its guc-file.l: what is no
 * number and no word of these is in quotes.
 *
 * @param name as it is written; PostgreSQL does not distinguish upper and lower case: {@link #isCalled}
 * @param value without quotes
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-CONFIGURATION-FILE">configuration files</a>
 */
record ConfLine(String name, String value) {
    private static final String WORD = "[A-Za-z_[^\\x00-\\x7F]][A-Za-z0-9_[^\\x00-\\x7F]]*";

    /** Letters of other alphabets are letters; a dollar sign, or a second dot, is an error of syntax. */
    private static final String NAME = WORD + "(?:\\." + WORD + ")?";

    private static final String BLANK = "[ \\t\\r]";

    private static final String END = BLANK + "*(?:#[^\\n]*)?";

    private static final String QUOTED = "'(?:[^'\\\\\\n]|''|\\\\[^\\n])*+'";

    private static final String NUMBER =
            "[-+]?(?:(?:0x[0-9a-fA-F]+|[0-9]+)[a-zA-Z]*|[0-9]*\\.[0-9]*(?:[eE][-+]?[0-9]+)?)";

    /** But for two words with a dot between them: these are a name. */
    private static final String UNQUOTED =
            "(?!" + WORD + "\\." + WORD + END + "$)[A-Za-z_[^\\x00-\\x7F]][-A-Za-z0-9_.:/[^\\x00-\\x7F]]*";

    private static final Pattern LINE = Pattern.compile(BLANK + "*(" + NAME + ")(?:" + BLANK + "*=" + BLANK + "*|"
            + BLANK + "+|(?=['+]))(" + QUOTED + "|" + NUMBER + "|" + UNQUOTED + ")" + END);

    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,3}");

    /** Empty for blank lines, comments, and what PostgreSQL would not understand either. */
    static Optional<ConfLine> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new ConfLine(matcher.group(1), unquoted(matcher.group(2))))
                : Optional.empty();
    }

    boolean isCalled(String settingName) {
        return name.equalsIgnoreCase(settingName);
    }

    /** Whether PostgreSQL reads it as the name of a setting, and does not refuse the whole file for it. */
    static boolean isName(String name) {
        return name.matches(NAME);
    }

    @Override
    public String toString() {
        return name + " = '"
                + value.replace("\\", "\\\\")
                        .replace("'", "''")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "'";
    }

    private static String unquoted(String written) {
        if (!written.startsWith("'")) {
            return written;
        }
        StringBuilder value = new StringBuilder();
        Matcher octal = OCTAL.matcher(written);
        for (int i = 1; i < written.length() - 1; i++) {
            char c = written.charAt(i);
            if (c == '\\' && octal.region(i + 1, written.length()).lookingAt()) {
                i = octal.end() - 1;
                int code = Integer.parseInt(octal.group(), 8) & 0xFF;
                if (code == 0) {
                    // Where a server's own value ends.
                    break;
                }
                c = code < 0x80 ? (char) code : FileText.ofByte(code);
            } else if (c == '\'' || c == '\\') {
                i++;
                c = escaped(c, written.charAt(i));
            }
            value.append(c);
        }
        return FileText.joined(value.toString());
    }

    private static char escaped(char by, char c) {
        if (by == '\'') {
            return c;
        }
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
