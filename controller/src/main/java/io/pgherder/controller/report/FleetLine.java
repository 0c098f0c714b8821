package io.pgherder.controller.report;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One cluster of a fleet at a glance.
 *
 * @param cluster "?" if its file cannot be understood
 * @param figures what was found, under the heads of the table; empty if nobody could look
 * @param result what it comes to, in a word or two
 * @param file as the user named it, and why nobody could look
 */
public record FleetLine(String cluster, List<String> figures, String result, String file, Weight weight) {
    public FleetLine {
        requireNonNull(cluster, "cluster is null");
        figures = List.copyOf(figures);
        requireNonNull(result, "result is null");
        requireNonNull(file, "file is null");
        requireNonNull(weight, "weight is null");
    }

    /** How much it needs a person's eye. */
    public enum Weight {
        WELL,
        WORTH_A_LOOK,
        WRONG
    }
}
