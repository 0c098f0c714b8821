package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML file and where it stands. Scalars keep the text as written: {@code on} is not yet true. */
public sealed interface Tree permits Tree.Scalar, Tree.Sequence, Tree.Mapping {
    /** Where the value itself begins. */
    Place place();

    /** What it is, for messages: "a map", "a list", the text in quotes, "nothing". */
    String words();

    /** @param isNull nothing is written there, or {@code null} or {@code ~} */
    record Scalar(String text, boolean isNull, Place place) implements Tree {
        private static final int LONGEST = 80;

        @Override
        public String words() {
            return isNull
                    ? "nothing"
                    : "\"" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text) + "\"";
        }
    }

    record Sequence(List<Tree> items, Place place) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String words() {
            return "a list";
        }
    }

    /** Keys in the file's order. */
    record Mapping(Map<String, Entry> entries, Place place) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String words() {
            return "a map";
        }
    }

    /** One line of a mapping: where its key stands, and its value. */
    record Entry(Place keyPlace, Tree value) {}
}
