package io.pgherder.controller.fleet;

import static java.util.Objects.requireNonNull;

/** One row of the table: a fleet of so many clusters, and what a run over it took. */
record FleetRow(int clusters, MeasuredRun run) {
    static final String TITLE = "drift of a fleet            nodes        ms   ms a node   largest MB";

    FleetRow {
        requireNonNull(run, "run is null");
    }

    int nodes() {
        return clusters * FleetFiles.NODES;
    }

    double milliseconds() {
        return run.took().toNanos() / 1e6;
    }

    @Override
    public String toString() {
        return "  %3d clusters of 5 nodes   %5d  %8d  %10.2f  %11d"
                .formatted(clusters, nodes(), run.took().toMillis(), milliseconds() / nodes(), run.largestMb());
    }
}
