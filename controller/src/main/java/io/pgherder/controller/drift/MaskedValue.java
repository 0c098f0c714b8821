package io.pgherder.controller.drift;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value as an agent tells it. No password leaves a host: where one follows {@code password=}, as in an archive_command, or stands in a
 * URI, it is told as asterisks, and what they stand for cannot be compared.
 */
public record MaskedValue(String told) {
    private static final String MASK = "****";

    /** As agents find passwords in values: quoted for libpq or for a shell, or up to the next blank. */
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password\\s*=\\s*)('(?:[^'\\\\]|''|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"|\\S+)");

    private static final Pattern IN_A_URI = Pattern.compile("(://[^\\s:@/]*:)[^\\s\"']*@");

    /** A declared value as it may be told. */
    public static String of(String value) {
        String masked = PASSWORD.matcher(value).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        return IN_A_URI.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK) + "@");
    }

    /** Whether it may be this value. */
    public boolean mayBe(String value) {
        return told.contains(MASK) ? asPattern().matcher(value).matches() : told.equals(value);
    }

    private Pattern asPattern() {
        return Pattern.compile(
                Arrays.stream(told.split(Pattern.quote(MASK), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".+")),
                Pattern.DOTALL);
    }
}
