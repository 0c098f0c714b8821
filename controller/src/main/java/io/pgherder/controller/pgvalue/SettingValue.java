package io.pgherder.controller.pgvalue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a value as written in a file means the value that a server has in force: {@code 64MB} is 8192 pages of 8kB,
 * {@code true} is {@code on}.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-NAMES-VALUES">names and values</a>
 */
public final class SettingValue {
    private static final Pattern COUNTED_UNIT = Pattern.compile("(\\d*)([A-Za-z]+)");

    private SettingValue() {}

    /**
     * @param type of pg_settings.vartype
     * @param shown as SHOW prints it
     * @param raw as pg_settings.setting counts it in {@code unit}
     */
    public static boolean same(String written, String type, String shown, String raw, String unit) {
        if (written.equals(shown) || written.equals(raw)) {
            return true;
        }
        return switch (type) {
            case "bool" -> isSame(BooleanText.parse(written), BooleanText.parse(shown));
            case "enum" ->
                written.equalsIgnoreCase(shown) || isSame(BooleanText.word(written), BooleanText.word(shown));
            case "integer" ->
                isSame(
                        inBaseUnit(Quantity.parseInteger(written), unit).map(SettingValue::rounded),
                        inBaseUnit(Quantity.parseInteger(raw), unit));
            case "real" -> isSame(inBaseUnit(Quantity.parse(written), unit), inBaseUnit(Quantity.parse(raw), unit));
            default -> false;
        };
    }

    private static <T extends Comparable<T>> boolean isSame(Optional<T> wanted, Optional<T> there) {
        return wanted.isPresent()
                && there.filter(value -> value.compareTo(wanted.get()) == 0).isPresent();
    }

    private static BigDecimal rounded(BigDecimal number) {
        return number.setScale(0, RoundingMode.HALF_EVEN);
    }

    private static Optional<BigDecimal> inBaseUnit(Optional<Quantity> written, String baseUnit) {
        return written.flatMap(quantity -> quantity.unit().isEmpty()
                ? Optional.of(quantity.number())
                : bytesOrMicroseconds(quantity.unit())
                        .flatMap(factor -> bytesOrMicroseconds(baseUnit)
                                .map(base ->
                                        quantity.number().multiply(factor).divide(base, 9, RoundingMode.HALF_EVEN))));
    }

    /** @param unit may have a number in front, as 8kB */
    private static Optional<BigDecimal> bytesOrMicroseconds(String unit) {
        Matcher counted = COUNTED_UNIT.matcher(unit);
        if (!counted.matches()) {
            return Optional.empty();
        }
        long count = counted.group(1).isEmpty() ? 1 : Long.parseLong(counted.group(1));
        return SettingUnit.factor(counted.group(2))
                .map(factor -> BigDecimal.valueOf(factor).multiply(BigDecimal.valueOf(count)));
    }
}
