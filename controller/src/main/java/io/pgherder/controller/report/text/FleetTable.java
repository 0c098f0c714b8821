package io.pgherder.controller.report.text;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Outcome;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftReport;
import java.util.List;
import java.util.stream.IntStream;

import static java.util.Objects.requireNonNull;

/** A fleet at a glance: a line for each cluster, with how many of its nodes are as declared. */
public final class FleetTable {
    private static final List<String> HEAD =
            List.of("CLUSTER", "NODES", "IN SYNC", "DIFFER", "NOT SEEN", "DIFFERENCES", "FILE");

    private final Ink ink;

    public FleetTable(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    /** Ends with a line end. */
    public String render(List<DriftOutcome> outcomes) {
        List<List<String>> rows = outcomes.stream().map(FleetTable::row).toList();
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> Math.max(
                        HEAD.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        StringBuilder text = new StringBuilder(line(HEAD, widths));
        for (int index = 0; index < rows.size(); index++) {
            text.append(paint(outcomes.get(index), line(rows.get(index), widths)));
        }
        return text.toString();
    }

    private static List<String> row(DriftOutcome outcome) {
        if (outcome instanceof DriftOutcome.Compared compared) {
            DriftReport report = compared.report();
            return List.of(
                    report.look().cluster(),
                    Integer.toString(report.nodes().size()),
                    Long.toString(report.nodes(Outcome.IN_SYNC)),
                    Long.toString(report.nodes(Outcome.DIFFERS)),
                    Long.toString(report.nodes(Outcome.NOT_SEEN)),
                    Integer.toString(report.drift().differences().size()),
                    compared.path());
        }
        if (outcome instanceof DriftOutcome.Failed failed) {
            return notCompared(failed.name(), "could not be looked at", failed.path());
        }
        if (outcome instanceof DriftOutcome.Invalid invalid) {
            return notCompared("?", Counted.of(invalid.problems().size(), "problem") + " in it", invalid.path());
        }
        throw new AssertionError(outcome);
    }

    private static List<String> notCompared(String cluster, String why, String path) {
        return List.of(cluster, "?", "?", "?", "?", "?", path + ": " + why);
    }

    /** Numbers stand right, words left. */
    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            boolean isWord = column == 0 || column == cells.size() - 1;
            String cell = cells.get(column);
            line.append(column == 0 ? "" : "  ")
                    .append(
                            isWord
                                    ? PlanText.pad(cell, widths[column])
                                    : " ".repeat(widths[column] - cell.length()) + cell);
        }
        return line.toString().stripTrailing() + "\n";
    }

    private String paint(DriftOutcome outcome, String line) {
        if (!(outcome instanceof DriftOutcome.Compared compared)) {
            return ink.red(line);
        }
        ClusterDrift drift = compared.report().drift();
        return drift.isInSync() ? line : drift.differs() ? ink.yellow(line) : ink.red(line);
    }
}
