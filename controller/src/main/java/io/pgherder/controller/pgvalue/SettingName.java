package io.pgherder.controller.pgvalue;

import java.util.regex.Pattern;

/**
 * What PostgreSQL reads as the name of a setting in its files: a word, or two with a dot between them, an extension's name in front. With
 * any other name it takes nothing of the file. Letters of other alphabets are letters, a dollar sign is none.
 */
public final class SettingName {
    /** As a regular expression. */
    public static final String REGEX =
            "[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_\\x{80}-\\x{10FFFF}]*(?:\\.[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_\\x{80}-\\x{10FFFF}]*)?";

    private static final Pattern NAME = Pattern.compile(REGEX);

    private SettingName() {}

    public static boolean isReadable(String name) {
        return NAME.matcher(name).matches();
    }
}
