package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.yaml.source.Tree;
import java.util.HashMap;
import java.util.Map;

/** Where every path of a tree stands: a value at its value, what holds others at its key. */
final class Places {
    private final Map<FieldPath, Place> places = new HashMap<>();

    private Places() {}

    static Map<FieldPath, Place> of(Tree.Mapping topology) {
        Places found = new Places();
        found.below(topology, new FieldPath(""));
        return found.places;
    }

    private void below(Tree.Mapping map, FieldPath path) {
        map.entries().forEach((name, entry) -> {
            FieldPath here = path.child(name);
            places.put(
                    here, entry.value() instanceof Tree.Scalar ? entry.value().place() : entry.keyPlace());
            if (entry.value() instanceof Tree.Mapping deeper) {
                below(deeper, here);
            } else if (entry.value() instanceof Tree.Sequence list) {
                items(list, here);
            }
        });
    }

    private void items(Tree.Sequence list, FieldPath path) {
        int number = 0;
        for (Tree item : list.items()) {
            number++;
            places.put(path.child(number), item.place());
        }
    }
}
