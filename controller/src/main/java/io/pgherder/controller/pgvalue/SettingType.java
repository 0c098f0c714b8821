package io.pgherder.controller.pgvalue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the value of a setting is, as far as all versions agree; of what range it has and of which words only a server can tell.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-NAMES-VALUES">names and values</a>
 */
public enum SettingType {
    BOOL("on or off"),
    NUMBER("a number without a unit"),
    SIZE("a number, of the setting's own unit or with one of B, kB, MB, GB, TB"),
    TIME("a number, of the setting's own unit or with one of us, ms, s, min, h, d"),
    OTHER("text");

    private static final List<String> WHOLE_WORDS = List.of("on", "off", "of", "1", "0");
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F]+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*([A-Za-z]*)");

    private static final Map<String, SettingType> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(SettingType::word, type -> type));

    private final String takes;

    SettingType(String takes) {
        this.takes = takes;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SettingType of(String word) {
        return Optional.ofNullable(BY_WORD.get(word))
                .orElseThrow(() -> new IllegalArgumentException("no type of a setting: \"" + word + "\""));
    }

    /** In words: "a number without a unit". */
    public String takes() {
        return takes;
    }

    /** Whether a server could take the value for one of this type; it may still be out of the setting's range. */
    public boolean accepts(String written) {
        String value = written.strip();
        return switch (this) {
            case BOOL -> isBool(value.toLowerCase(Locale.ROOT));
            case NUMBER, SIZE, TIME -> isQuantity(value);
            case OTHER -> true;
        };
    }

    /** Also shortened, as long as it is clear which word is meant. */
    private static boolean isBool(String value) {
        return WHOLE_WORDS.contains(value)
                || (!value.isEmpty()
                        && Stream.of("true", "false", "yes", "no").anyMatch(word -> word.startsWith(value)));
    }

    private boolean isQuantity(String value) {
        Matcher quantity = QUANTITY.matcher(value);
        return quantity.matches() && (quantity.group(1).isEmpty() || units().contains(quantity.group(1)));
    }

    private Set<String> units() {
        return switch (this) {
            case SIZE -> SettingUnit.SIZES.keySet();
            case TIME -> SettingUnit.TIMES.keySet();
            case BOOL, NUMBER, OTHER -> Set.of();
        };
    }

    /** The unit as PostgreSQL writes it, where only upper and lower case are wrong: "mb" should be "MB". */
    public Optional<String> unitMeant(String written) {
        Matcher quantity = QUANTITY.matcher(written.strip());
        return quantity.matches()
                ? units().stream()
                        .filter(unit -> unit.equalsIgnoreCase(quantity.group(1)))
                        .findFirst()
                : Optional.empty();
    }
}
