package io.pgherder.controller.pgvalue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a value as written in a file means the value that a server has in force: {@code 64MB} is 8192 pages of 8kB,
 * {@code true} is {@code on}.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-NAMES-VALUES">names and values</a>
 */
public final class SettingValue {
    private static final Set<String> YES = Set.of("on", "true", "yes", "1");
    private static final Set<String> NO = Set.of("off", "false", "no", "0");
    private static final Pattern QUANTITY = Pattern.compile("([+-]?\\d*\\.?\\d+(?:[eE][+-]?\\d+)?)\\s*([A-Za-z]*)");
    private static final Pattern BASE_UNIT = Pattern.compile("(\\d*)([A-Za-z]+)");

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
            case "bool", "enum" -> sameWord(written, shown);
            case "integer", "real" -> sameQuantity(written, raw, unit, type.equals("integer"));
            default -> false;
        };
    }

    private static boolean sameWord(String written, String shown) {
        String a = written.toLowerCase(Locale.ROOT);
        String b = shown.toLowerCase(Locale.ROOT);
        return a.equals(b) || (YES.contains(a) && YES.contains(b)) || (NO.contains(a) && NO.contains(b));
    }

    private static boolean sameQuantity(String written, String raw, String unit, boolean whole) {
        Optional<BigDecimal> wanted = inBaseUnit(written, unit);
        if (wanted.isEmpty() || inBaseUnit(raw, unit).isEmpty()) {
            return false;
        }
        BigDecimal counted = whole ? wanted.get().setScale(0, RoundingMode.HALF_EVEN) : wanted.get();
        return counted.compareTo(inBaseUnit(raw, unit).get()) == 0;
    }

    private static Optional<BigDecimal> inBaseUnit(String text, String baseUnit) {
        Matcher quantity = QUANTITY.matcher(text.strip());
        if (!quantity.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(quantity.group(1));
        if (quantity.group(2).isEmpty()) {
            return Optional.of(number);
        }
        Matcher base = BASE_UNIT.matcher(baseUnit);
        Optional<Long> factor = SettingUnit.factor(quantity.group(2));
        Optional<Long> baseFactor = base.matches() ? SettingUnit.factor(base.group(2)) : Optional.empty();
        if (factor.isEmpty() || baseFactor.isEmpty()) {
            return Optional.empty();
        }
        long count = base.group(1).isEmpty() ? 1 : Long.parseLong(base.group(1));
        BigDecimal divisor = BigDecimal.valueOf(baseFactor.get()).multiply(BigDecimal.valueOf(count));
        return Optional.of(
                number.multiply(BigDecimal.valueOf(factor.get())).divide(divisor, 9, RoundingMode.HALF_EVEN));
    }
}
