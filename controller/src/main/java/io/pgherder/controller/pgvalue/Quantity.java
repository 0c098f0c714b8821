package io.pgherder.controller.pgvalue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a numeric setting as written: {@code 64MB}, {@code 0x3C}, {@code .5 GB}.
 *
 * @param unit as written, and empty if there is none; not known to be one that PostgreSQL has
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-NAMES-VALUES">names and values</a>
 */
record Quantity(BigDecimal number, String unit) {
    /** More digits are out of every setting's range, also in an exponent, which would be written out; and a million of them take long. */
    private static final Pattern TEXT = Pattern.compile("\\s*(?<sign>[+-]?)(?:0[xX](?<hex>[0-9a-fA-F]{1,64})"
            + "|(?<decimal>(?:\\d{1,64}\\.?\\d{0,64}|\\.\\d{1,64})(?:[eE][+-]?\\d{1,3})?))"
            + "\\s*(?<unit>[A-Za-z]*)\\s*");

    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");

    /** As a setting that may have a fraction takes it. */
    static Optional<Quantity> parse(String text) {
        return parse(text, false);
    }

    /** As a setting that is an integer takes it: a zero in front makes it octal. It may still have a fraction, which is rounded. */
    static Optional<Quantity> parseInteger(String text) {
        return parse(text, true);
    }

    private static Optional<Quantity> parse(String text, boolean octal) {
        Matcher quantity = TEXT.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        BigDecimal number = number(quantity, octal);
        return Optional.of(
                new Quantity(quantity.group("sign").equals("-") ? number.negate() : number, quantity.group("unit")));
    }

    private static BigDecimal number(Matcher quantity, boolean octal) {
        if (quantity.group("hex") != null) {
            return new BigDecimal(new BigInteger(quantity.group("hex"), 16));
        }
        String decimal = quantity.group("decimal");
        return octal && OCTAL.matcher(decimal).matches()
                ? new BigDecimal(new BigInteger(decimal, 8))
                : new BigDecimal(decimal);
    }
}
