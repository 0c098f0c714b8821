package io.pgherder.agent.configfile;

import java.util.regex.Pattern;

/** Settings as they may leave the host: without the passwords that somebody has put into them. */
public final class PasswordMask {
    static final String MASK = "****";

    /** In a value that is no connection string, or has one among other words, as a command may: quoted for libpq or for a shell. */
    private static final Pattern SOMEWHERE =
            Pattern.compile("(?i)(password\\s*=\\s*)('(?:[^'\\\\]|''|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"|\\S+)");

    /** {@code scheme://user:password@}, up to the last at sign of the word: nobody knows whether one before it is the password's. */
    private static final Pattern IN_A_URI = Pattern.compile("(://[^\\s:@/]*:)[^\\s\"']*@");

    /** Where a line is no setting, nobody knows where a password in it ends. */
    private static final Pattern TO_THE_END = Pattern.compile("(?i)(password\\s*=\\s*).*");

    /** Of what is secret as a whole, or runs a program among whose words one may be. */
    private static final Pattern NEVER_TOLD =
            Pattern.compile("(?i).*(secret|passphrase|password|passwd|token|api_?key).*|(.*[._])?(command|script)");

    private PasswordMask() {}

    /** The value of a setting where a person reads it, and nobody compares it. */
    public static String told(String name, String value) {
        boolean isHidden =
                !value.isEmpty() && NEVER_TOLD.matcher(name).matches() && !name.equalsIgnoreCase("password_encryption");
        return isHidden ? MASK : value(name, value);
    }

    /** The value of a setting, without the quotes of a settings file. */
    public static String value(String name, String value) {
        return name.equalsIgnoreCase("primary_conninfo")
                ? PrimaryConninfo.withoutPassword(value)
                : withoutUris(SOMEWHERE.matcher(value).replaceAll("$1" + MASK));
    }

    private static String withoutUris(String value) {
        return IN_A_URI.matcher(value).replaceAll("$1" + MASK + "@");
    }

    /** A line of a settings file; one without a password stays as it is. */
    public static String line(String line) {
        return ConfLine.parse(line)
                .map(said -> {
                    String masked = value(said.name(), said.value());
                    return masked.equals(said.value()) ? line : new ConfLine(said.name(), masked).toString();
                })
                .orElseGet(() -> withoutUris(TO_THE_END.matcher(line).replaceAll("$1" + MASK)));
    }
}
