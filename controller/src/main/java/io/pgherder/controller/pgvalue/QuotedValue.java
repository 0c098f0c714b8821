package io.pgherder.controller.pgvalue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a setting as a configuration file writes it: in quotes, of which those within are doubled or escaped.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-CONFIGURATION-FILE">configuration files</a>
 */
public final class QuotedValue {
    /** Octal escapes are bytes. */
    private static final Pattern ESCAPED = Pattern.compile("''|\\\\(?:([0-7]{1,3})|(.))|[^'\\\\]+");

    private QuotedValue() {}

    /** @param value as it stands in the file; one without quotes is as it is */
    public static String unquoted(String value) {
        if (!value.startsWith("'")) {
            return value;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher piece = ESCAPED.matcher(value.substring(1, value.length() - 1));
        while (piece.find()) {
            if (piece.group(1) != null) {
                bytes.write(Integer.parseInt(piece.group(1), 8));
            } else {
                bytes.writeBytes(text(piece).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String text(Matcher piece) {
        String escaped = piece.group(2);
        if (escaped == null) {
            return piece.group().equals("''") ? "'" : piece.group();
        }
        int letter = "bfnrt".indexOf(escaped);
        return letter < 0 ? escaped : "\b\f\n\r\t".substring(letter, letter + 1);
    }
}
