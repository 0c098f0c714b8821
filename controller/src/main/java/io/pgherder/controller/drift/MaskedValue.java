package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.Secrets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value as an agent tells it. No password leaves a host: where one follows {@code password=}, as in an archive_command, or stands in a
 * URI, it is told as asterisks, and what they stand for cannot be compared.
 */
public record MaskedValue(String told) {
    /** Whether it may be this value. */
    public boolean mayBe(String value) {
        return told.contains(Secrets.MASK) ? asPattern().matcher(value).matches() : told.equals(value);
    }

    private Pattern asPattern() {
        return Pattern.compile(
                Arrays.stream(told.split(Pattern.quote(Secrets.MASK), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".+")),
                Pattern.DOTALL);
    }
}
