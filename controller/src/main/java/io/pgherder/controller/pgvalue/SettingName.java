package io.pgherder.controller.pgvalue;

import java.util.regex.Pattern;

/**
 * What PostgreSQL reads as the name of a setting in its files: a word, or two with a dot between them, an extension's name in front. With
 * any other name it takes nothing of the file. Letters of other alphabets are letters, a dollar sign is none.
 */
public final class SettingName {
    private static final String WORD = "[A-Za-z_[^\\x00-\\x7F]][A-Za-z0-9_[^\\x00-\\x7F]]*";

    /** As a regular expression. */
    public static final String REGEX = WORD + "(?:\\." + WORD + ")?";

    private static final Pattern NAME = Pattern.compile(REGEX);

    private SettingName() {}

    public static boolean isReadable(String name) {
        return NAME.matcher(name).matches();
    }
}
