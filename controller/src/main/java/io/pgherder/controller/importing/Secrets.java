package io.pgherder.controller.importing;

import java.util.regex.Pattern;

/**
 * What looks like a secret, in settings and rules that people have written: it does not belong into a topology file, which is kept where many
 * can read it. In doubt it is one.
 */
final class Secrets {
    /** What is written instead. */
    static final String MASK = "****";

    private static final Pattern NAME = Pattern.compile("(?i).*(secret|passphrase|password|passwd|token|api_?key).*");

    /** A variable or an option that is given one: AWS_SECRET_ACCESS_KEY=..., --token ..., ldapbindpasswd=... */
    private static final Pattern GIVEN = Pattern.compile(
            "(?i)(secret|passphrase|password|passwd|token|access_?key|api_?key)\\w*[\"']?(\\s*[=:]|\\s+\\S)");

    /** postgres://user:password@host. */
    private static final Pattern IN_A_URI = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

    private Secrets() {}

    static boolean isIn(String name, String value) {
        return !value.isEmpty()
                && ((NAME.matcher(name).matches() && !name.equals("password_encryption")) || isIn(value));
    }

    /** In a setting: also in a shell command that is not of a form without any. */
    static boolean mayBeIn(String setting, String value) {
        return isIn(setting, value) || (ShellCommand.isValueOf(setting) && !ShellCommand.isHarmless(value));
    }

    static boolean isIn(String text) {
        return text.contains(MASK)
                || GIVEN.matcher(text).find()
                || IN_A_URI.matcher(text).find();
    }
}
