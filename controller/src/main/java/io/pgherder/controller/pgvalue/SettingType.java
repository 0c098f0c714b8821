package io.pgherder.controller.pgvalue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        return switch (this) {
            case BOOL -> BooleanText.parse(written).isPresent();
            case NUMBER, SIZE, TIME ->
                Quantity.parse(written).filter(this::hasOurUnit).isPresent();
            case OTHER -> true;
        };
    }

    /**
     * The value in bytes or in microseconds, rounded to whole ones. Empty without a unit of this type, because only a setting has one of
     * its own; and where it is more than a long holds.
     */
    public Optional<Long> measure(String written) {
        return Quantity.parse(written)
                .filter(quantity -> units().contains(quantity.unit()))
                .flatMap(SettingType::inSmallestUnit);
    }

    private static Optional<Long> inSmallestUnit(Quantity quantity) {
        return SettingUnit.factor(quantity.unit())
                .map(factor -> quantity.number().multiply(BigDecimal.valueOf(factor)))
                .map(number -> number.setScale(0, RoundingMode.HALF_EVEN))
                .filter(number -> number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(BigDecimal::longValueExact);
    }

    private boolean hasOurUnit(Quantity quantity) {
        return quantity.unit().isEmpty() || units().contains(quantity.unit());
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
        return Quantity.parse(written)
                .flatMap(quantity -> units().stream()
                        .filter(unit -> unit.equalsIgnoreCase(quantity.unit()))
                        .findFirst());
    }
}
