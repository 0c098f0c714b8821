package io.pgherder.controller.drift;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value as an agent tells it. No password leaves a host: where one follows {@code password=}, as in an archive_command, it is told as
 * asterisks, and what they stand for cannot be compared.
 */
record MaskedValue(String told) {
    private static final String MASK = "****";

    /** Whether it may be this value. */
    boolean mayBe(String value) {
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
