package io.pgherder.controller.pgvalue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What looks like a secret, in settings and rules that people have written: it does not belong into a topology file, which is kept where many
 * can read it, nor into what is told of a cluster. In doubt it is one.
 */
public final class Secrets {
    /** What is written instead. */
    public static final String MASK = "****";

    private static final Pattern NAME = Pattern.compile("(?i).*(secret|passphrase|password|passwd|token|api_?key).*");

    /** A variable or an option that is given one: AWS_SECRET_ACCESS_KEY=..., --token ..., ldapbindpasswd=... */
    private static final Pattern GIVEN = Pattern.compile(
            "(?i)(secret|passphrase|password|passwd|token|access_?key|api_?key)\\w*[\"']?(\\s*[=:]|\\s+\\S)");

    /** postgres://user:password@host. */
    private static final Pattern IN_A_URI = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

    /** As agents find passwords in values: quoted for libpq or for a shell, or up to the next blank. */
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password\\s*=\\s*)('(?:[^'\\\\]|''|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"|\\S+)");

    private static final Pattern PASSWORD_OF_A_URI = Pattern.compile("(://[^\\s:@/]*:)[^\\s\"']*@");

    /** As an agent tells a password, or this program does. */
    private static final Pattern MASKED =
            Pattern.compile("(?i)\\w*password\\s*=\\s*\\*{4}|://[^\\s:@/]*:\\*{4}@|\\*{4}");

    private Secrets() {}

    public static boolean isIn(String name, String value) {
        return !value.isEmpty() && (isNameOfOne(name) || isIn(value));
    }

    /** In a setting: also in a shell command that is not of a form without any. */
    public static boolean mayBeIn(String setting, String value) {
        return isIn(setting, value) || isDoubtfulCommand(setting, value);
    }

    public static boolean isIn(String text) {
        return text.contains(MASK) || isOpenIn(text);
    }

    /**
     * The value of a setting as it may be told. Of a connection string, or of a word in another value, only the password is hidden; of what
     * may hold another secret, all of it, and of a command all but its program.
     */
    public static String told(String setting, String value) {
        if (value.isEmpty()) {
            return value;
        }
        if (isNameOfOne(setting)) {
            return MASK;
        }
        return isDoubtfulCommand(setting, value) ? ServerCommand.told(value) : told(value);
    }

    /** The same of a text that nobody knows the setting of. */
    public static String told(String text) {
        String masked = withoutPasswords(text);
        return isOpenIn(MASKED.matcher(masked).replaceAll("")) ? MASK : masked;
    }

    /** "empty", where a value stands among words. */
    public static String toldInWords(String setting, String value) {
        return value.isEmpty() ? "empty" : told(setting, value);
    }

    private static boolean isNameOfOne(String name) {
        return NAME.matcher(name).matches() && !name.equals("password_encryption");
    }

    private static boolean isDoubtfulCommand(String setting, String value) {
        return ServerCommand.isValueOf(setting) && !ServerCommand.isHarmless(value);
    }

    private static boolean isOpenIn(String text) {
        return GIVEN.matcher(text).find() || IN_A_URI.matcher(text).find();
    }

    private static String withoutPasswords(String value) {
        String masked = PASSWORD.matcher(value).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        return PASSWORD_OF_A_URI.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK) + "@");
    }
}
