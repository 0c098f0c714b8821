package io.pgherder.controller.topology.yaml.rule;

import java.util.List;

/** Lists of names in messages: of a thousand, the first few. */
final class Names {
    private static final int MOST = 12;

    private Names() {}

    static String of(List<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String first = String.join(", ", names.subList(0, Math.min(MOST, names.size())));
        return names.size() > MOST ? first + " and " + (names.size() - MOST) + " more" : first;
    }
}
