package io.pgherder.controller.pgvalue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
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

    /** In bytes and in microseconds; a setting has one kind or the other. */
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("B", 1L),
            Map.entry("kB", 1L << 10),
            Map.entry("MB", 1L << 20),
            Map.entry("GB", 1L << 30),
            Map.entry("TB", 1L << 40),
            Map.entry("us", 1L),
            Map.entry("ms", 1_000L),
            Map.entry("s", 1_000_000L),
            Map.entry("min", 60_000_000L),
            Map.entry("h", 3_600_000_000L),
            Map.entry("d", 86_400_000_000L));

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
        Long factor = UNITS.get(quantity.group(2));
        Long baseFactor = base.matches() ? UNITS.get(base.group(2)) : null;
        if (factor == null || baseFactor == null) {
            return Optional.empty();
        }
        long count = base.group(1).isEmpty() ? 1 : Long.parseLong(base.group(1));
        BigDecimal divisor = BigDecimal.valueOf(baseFactor).multiply(BigDecimal.valueOf(count));
        return Optional.of(number.multiply(BigDecimal.valueOf(factor)).divide(divisor, 9, RoundingMode.HALF_EVEN));
    }
}
