package io.pgherder.agent.system;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/**
 * Lines of {@code name=value}, in the order in which they were put; {@link Properties} reads them. It does not write them: it would put
 * the date in front, and for the name of the time zone load every locale that Java knows, a megabyte that stays.
 */
public final class PropertyText {
    private final StringBuilder text = new StringBuilder();

    /** @param name of letters, digits and underscores */
    public PropertyText put(String name, String value) {
        text.append(name).append('=');
        for (int i = 0; i < value.length(); i++) {
            append(value.charAt(i), i == 0);
        }
        text.append('\n');
        return this;
    }

    private void append(char character, boolean first) {
        switch (character) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\\' -> text.append("\\\\");
            case ' ', '\t', '\f' -> text.append(first ? "\\" : "").append(character);
            default -> text.append(character);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** @throws IllegalArgumentException if an escape in it is none */
    public static Properties parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new AssertionError("a string can always be read", e);
        }
        return properties;
    }
}
