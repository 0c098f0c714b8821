package io.pgherder.controller.report.text;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Outcome;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftReport;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** A fleet compared with its files at a glance: a line for each cluster, with how many of its nodes are as declared. */
public final class DriftTable {
    private static final List<TextTable.Column> HEAD = List.of(
            TextTable.words("CLUSTER"),
            TextTable.numbers("NODES"),
            TextTable.numbers("IN SYNC"),
            TextTable.numbers("DIFFER"),
            TextTable.numbers("NOT SEEN"),
            TextTable.numbers("DIFFERENCES"),
            TextTable.words("FILE"));

    private final Ink ink;

    public DriftTable(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    /** Ends with a line end. */
    public String render(List<DriftOutcome> outcomes) {
        TextTable table =
                new TextTable(HEAD, outcomes.stream().map(DriftTable::row).toList());
        StringBuilder text = new StringBuilder(table.head());
        for (int index = 0; index < outcomes.size(); index++) {
            text.append(paint(outcomes.get(index), table.line(index)));
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

    private String paint(DriftOutcome outcome, String line) {
        if (!(outcome instanceof DriftOutcome.Compared compared)) {
            return ink.red(line);
        }
        ClusterDrift drift = compared.report().drift();
        return drift.isInSync() ? line : drift.differs() ? ink.yellow(line) : ink.red(line);
    }
}
