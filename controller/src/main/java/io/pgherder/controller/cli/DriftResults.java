package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.report.DriftRun;
import io.pgherder.controller.report.json.DriftJson;
import io.pgherder.controller.report.text.DriftTable;
import io.pgherder.controller.report.text.DriftText;
import io.pgherder.controller.report.xml.DriftJunit;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** Shows a run as a whole: to people each cluster as soon as it is known, to programs all of them in the end. */
final class DriftResults {
    private final Surroundings surroundings;
    private final Topologies topologies;
    private final AgentOptions agentOptions;
    private final TextJsonOrJunit output;

    DriftResults(Surroundings surroundings, Topologies topologies, AgentOptions agentOptions, TextJsonOrJunit output) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.topologies = requireNonNull(topologies, "topologies is null");
        this.agentOptions = requireNonNull(agentOptions, "agentOptions is null");
        this.output = requireNonNull(output, "output is null");
    }

    void show(DriftOutcome outcome) {
        showProblems(outcome);
        if (!output.isJson() && !output.isJunit() && outcome instanceof DriftOutcome.Compared compared) {
            show(compared.report());
        }
    }

    private void showProblems(DriftOutcome outcome) {
        List<Problem> problems = List.of();
        if (outcome instanceof DriftOutcome.Invalid invalid) {
            problems = invalid.problems();
        } else if (outcome instanceof DriftOutcome.Failed failed) {
            problems = failed.problems();
        }
        if (!problems.isEmpty()) {
            new Errors(surroundings, output).show(problems);
        }
    }

    /** Of a fleet, clusters that are in sync are told by the table alone. */
    private void show(DriftReport report) {
        DriftText text = new DriftText(output.inkOfResults(surroundings));
        if (output.isQuiet()) {
            surroundings.out().print(text.result(report));
        } else if (!topologies.isFleet() || !report.drift().isInSync()) {
            surroundings.out().print(text.render(report) + DriftText.next(report, agentOptions.next()));
            surroundings.out().print(topologies.isFleet() ? "\n" : "");
        }
    }

    /** What comes when all have been looked at. */
    void showAll(DriftRun run) {
        if (output.isJunit()) {
            surroundings.out().print(DriftJunit.render(run.outcomes()));
        } else if (output.isJson()) {
            surroundings
                    .out()
                    .print(
                            topologies.isFleet()
                                    ? DriftJson.renderFleet(run.outcomes())
                                    : DriftJson.render(run.outcomes().get(0)));
        } else if (topologies.isFleet() && !output.isQuiet()) {
            surroundings.out().print(new DriftTable(output.inkOfResults(surroundings)).render(run.outcomes()));
        }
    }

    /** How many clusters fell where; nothing of a single one. */
    void showSummary(DriftRun run) {
        if (run.outcomes().size() + run.leftOut() > 1) {
            surroundings.err().println(FleetSummary.of(turns(run), run.leftOut()));
            surroundings.err().flush();
        }
    }

    static ExitCode exitCode(DriftRun run) {
        return ExitCode.worstOf(turns(run).stream().map(Turn::code).toList());
    }

    private static List<Turn> turns(DriftRun run) {
        return run.outcomes().stream()
                .map(outcome -> switch (outcome.fate()) {
                    case IN_SYNC -> Turn.of(ExitCode.OK).called("in sync");
                    case DIFFERS -> Turn.of(ExitCode.DIFFERENCES);
                    case NOT_SEEN -> Turn.of(ExitCode.FAILED).called("not seen");
                    case FAILED -> Turn.of(ExitCode.FAILED);
                    case INVALID -> Turn.of(ExitCode.USAGE);
                })
                .toList();
    }
}
