package io.pgherder.controller.pgvalue;

/**
 * What initdb stamps into the control file: every physical copy of an instance has the same one, and no other instance has it.
 * An unsigned 64-bit number.
 */
public record SystemIdentifier(long value) {
    public static SystemIdentifier parse(String text) {
        return new SystemIdentifier(Long.parseUnsignedLong(text));
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}
