package io.pgherder.controller.pgvalue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The names of PostgreSQL's own settings, and of which type they are. Case does not matter in PostgreSQL's files but does in pg_settings
 * and here: there is one way to write each. A name that is not in the catalog may still be one, of an extension or of a version that came
 * later.
 */
public final class SettingCatalog {
    private record Entry(String name, SettingType type) {
        /** @param line "work_mem size", or a name alone */
        static Entry parse(String line) {
            String[] words = line.split(" ", 2);
            return new Entry(words[0], words.length == 1 ? SettingType.OTHER : SettingType.of(words[1]));
        }
    }

    private static final Map<String, Entry> BY_LOWER_CASE = load();

    private SettingCatalog() {}

    /** The name as pg_settings has it. */
    public static String canonical(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        Entry known = BY_LOWER_CASE.get(lowerCase);
        return known == null ? lowerCase : known.name();
    }

    public static boolean isKnown(String name) {
        return BY_LOWER_CASE.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** {@link SettingType#OTHER} for what is unknown. */
    public static SettingType type(String name) {
        Entry known = BY_LOWER_CASE.get(name.toLowerCase(Locale.ROOT));
        return known == null ? SettingType.OTHER : known.type();
    }

    /** In lower case, but for the few that are not. */
    public static Set<String> names() {
        return BY_LOWER_CASE.values().stream().map(Entry::name).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Entry> load() {
        try (InputStream in = requireNonNull(
                        SettingCatalog.class.getResourceAsStream("settings.txt"), "settings.txt is missing");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Entry::parse)
                    .collect(Collectors.toUnmodifiableMap(
                            entry -> entry.name().toLowerCase(Locale.ROOT), Function.identity()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
