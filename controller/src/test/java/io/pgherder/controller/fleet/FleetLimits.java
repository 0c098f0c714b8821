package io.pgherder.controller.fleet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run over a fleet may take. The largest fleet has a limit of time and one of memory; and a node that is added costs what one costs: the
 * start of the process, which each fleet has once, is left out by looking at the differences between two sizes.
 */
final class FleetLimits {
    private static final int CLUSTERS = 200;
    private static final long MOST_MILLISECONDS = 10_000;
    private static final long MOST_MB = 400;

    /** What a machine of two cores differs by from one run to the next. */
    private static final double TOLERANCE = 1.25;

    private FleetLimits() {}

    /** @param rows from the smallest fleet to the largest */
    static List<String> judge(List<FleetRow> rows) {
        Optional<FleetRow> largest =
                rows.stream().filter(row -> row.clusters() == CLUSTERS).findFirst();
        String fleet = "a fleet of %d nodes in at most ".formatted(CLUSTERS * FleetFiles.NODES);
        return Stream.of(
                        atMost(
                                fleet + MOST_MILLISECONDS + " ms",
                                largest.map(row -> row.run().took().toMillis()),
                                MOST_MILLISECONDS),
                        atMost(
                                fleet + MOST_MB + " MB",
                                largest.map(row -> row.run().largestMb()),
                                MOST_MB),
                        flat(rows))
                .toList();
    }

    private static String atMost(String asked, Optional<Long> measured, long most) {
        return measured.map(value -> word(value <= most) + asked + "; " + value)
                .orElse("not judged: " + asked + "; it was not measured");
    }

    private static String flat(List<FleetRow> rows) {
        String asked = "a further node of the largest fleets at most %s times the cost of one of the smallest"
                .formatted(TOLERANCE);
        if (rows.size() < 3) {
            return "not judged: " + asked + "; that takes three fleets";
        }
        double first = furtherNode(rows.get(0), rows.get(1));
        double last = furtherNode(rows.get(rows.size() - 2), rows.get(rows.size() - 1));
        return String.format(
                Locale.ROOT, "%s%s; %.2f ms after %.2f ms", word(last <= TOLERANCE * first), asked, last, first);
    }

    private static double furtherNode(FleetRow smaller, FleetRow larger) {
        return (larger.milliseconds() - smaller.milliseconds()) / (larger.nodes() - smaller.nodes());
    }

    private static String word(boolean kept) {
        return kept ? "kept: " : "MISSED: ";
    }
}
