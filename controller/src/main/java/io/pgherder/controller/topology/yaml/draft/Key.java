package io.pgherder.controller.topology.yaml.draft;

import java.util.List;
import java.util.Optional;

/**
 * One key of the topology file.
 *
 * @param path {@code nodes.*.port}; an asterisk stands for any name
 * @param required whether its section must have it
 * @param words the words a value may be; beside a map, for a section that may also be one word
 * @param least for numbers
 * @param most for numbers
 * @param format for texts, and for the names in a map of names
 * @param byDefault what holds without it, for the reference page; empty: nothing
 * @param meaning one or two sentences for the reference page
 */
public record Key(
        String path,
        Kind kind,
        boolean required,
        List<String> words,
        int least,
        int most,
        Optional<Format> format,
        String byDefault,
        String meaning) {
    /** The shape of a value. */
    public enum Kind {
        SECTION("a map"),
        NAMES("a map of names"),
        SECRET("a map with \"file\" or \"env\""),
        LIST("a list"),
        TEXT("a text"),
        NUMBER("a whole number"),
        FLAG("true or false");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public boolean isMap() {
            return this == SECTION || this == NAMES || this == SECRET;
        }
    }

    public Key {
        words = List.copyOf(words);
    }

    static Key of(String path, Kind kind, String meaning) {
        return new Key(
                path, kind, false, List.of(), Integer.MIN_VALUE, Integer.MAX_VALUE, Optional.empty(), "", meaning);
    }

    Key asRequired() {
        return new Key(path, kind, true, words, least, most, format, byDefault, meaning);
    }

    Key orElse(String defaultText) {
        return new Key(path, kind, required, words, least, most, format, defaultText, meaning);
    }

    Key oneOf(String... choices) {
        return new Key(path, kind, required, List.of(choices), least, most, format, byDefault, meaning);
    }

    Key from(int smallest, int largest) {
        return new Key(path, kind, required, words, smallest, largest, format, byDefault, meaning);
    }

    Key as(Format written) {
        return new Key(path, kind, required, words, least, most, Optional.of(written), byDefault, meaning);
    }

    /** {@code port} of {@code nodes.*.port}. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** {@code nodes.*} of {@code nodes.*.port}; empty for a top-level key. */
    public String section() {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }
}
