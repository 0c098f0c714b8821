package io.pgherder.controller.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static java.util.Comparator.comparing;

/** How many clusters fell where, in one line: "5 clusters: 3 ok, 1 different, 1 failed.". */
final class FleetSummary {
    private FleetSummary() {}

    /** @param leftOut how many clusters were named whose turn did not come */
    static String of(List<Turn> turns, int leftOut) {
        Map<Turn, Long> counts = new TreeMap<>(comparing(Turn::code).thenComparing(Turn::word));
        turns.forEach(turn -> counts.merge(turn, 1L, Long::sum));
        String parts = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        return (turns.size() + leftOut) + " clusters: " + parts + (leftOut > 0 ? ", " + leftOut + " left out" : "")
                + ".";
    }
}
