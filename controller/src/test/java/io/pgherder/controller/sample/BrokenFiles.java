package io.pgherder.controller.sample;

import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.FileErrors;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors in configuration files as a person reads them: "/data01/pg/pg_hba.conf:3: invalid authentication method". */
public final class BrokenFiles {
    private static final Pattern PLACE = Pattern.compile("([^:]+):(\\d+): (.*)");
    private static final Pattern SETTING = Pattern.compile("([\\w.]+) = '.*': .*");
    private static final Pattern UNOPENED = Pattern.compile("could not open (?:configuration )?file \"([^\"]+)\".*");

    private BrokenFiles() {}

    public static FileErrors of(List<String> words) {
        return new FileErrors(words.stream().map(BrokenFiles::of).toList(), 0);
    }

    public static FileError of(String words) {
        Matcher place = PLACE.matcher(words);
        boolean isInAFile = place.matches();
        String message = isInAFile ? place.group(3) : words;
        Matcher setting = SETTING.matcher(message);
        Matcher unopened = UNOPENED.matcher(message);
        return new FileError(
                isInAFile ? Optional.of(place.group(1)) : Optional.empty(),
                isInAFile ? Integer.parseInt(place.group(2)) : 0,
                setting.matches() ? Optional.of(setting.group(1)) : Optional.empty(),
                message,
                unopened.matches() ? Optional.of(unopened.group(1)) : Optional.empty());
    }
}
