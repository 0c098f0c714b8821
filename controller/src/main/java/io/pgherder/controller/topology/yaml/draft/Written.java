package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;

/** A single value as somebody wrote it: its text, what it is about, and where it stands. */
public record Written(String text, FieldPath path, Place place) implements Placed {
    /** The same place, another text: what became of it once placeholders were filled in. */
    Written with(String filled) {
        return new Written(filled, path, place);
    }

    @Override
    public String toString() {
        return text;
    }
}
