package io.pgherder.controller.cli;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.report.ValidationReport;
import io.pgherder.controller.report.json.DriftJson;
import io.pgherder.controller.report.text.DriftText;
import io.pgherder.controller.report.text.FleetTable;
import io.pgherder.controller.report.xml.DriftJunit;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgherder drift}: where reality differs from the file, why, and what could not be seen. Changes nothing, and takes no lock. */
@Command(
        name = "drift",
        description = "Show where reality differs from the file, why, and what could not be seen. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DriftCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final List<DriftOutcome> outcomes = new ArrayList<>();

    @Mixin
    private Topologies topologies;

    @Mixin
    private LimitOption limit;

    @Mixin
    private AgentOptions agentOptions;

    @Mixin
    private TextJsonOrJunit output;

    public DriftCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<ValidationReport> read = topologies.validated();
        List<TopologyFile> all =
                read.stream().flatMap(report -> report.file().stream()).toList();
        List<TopologyFile> files = limit.concerned(all);
        surroundings.interrupts().sayAtTheEnd(new LastWords(surroundings));
        read.stream().filter(report -> !report.isValid()).forEach(this::invalid);
        new FleetLook(surroundings, agentOptions, limit).compare(files, this::show);
        showAll();
        return summary(all.size() - files.size()).number();
    }

    private void invalid(ValidationReport report) {
        show(new DriftOutcome.Invalid(report.path(), report.problems()));
    }

    private void show(DriftOutcome outcome) {
        outcomes.add(outcome);
        problems(outcome);
        if (!output.isJson() && !output.isJunit() && outcome instanceof DriftOutcome.Compared compared) {
            show(compared.report());
        }
    }

    private void problems(DriftOutcome outcome) {
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
    private void showAll() {
        if (output.isJunit()) {
            surroundings.out().print(DriftJunit.render(outcomes));
        } else if (output.isJson()) {
            surroundings
                    .out()
                    .print(topologies.isFleet() ? DriftJson.renderFleet(outcomes) : DriftJson.render(outcomes.get(0)));
        } else if (topologies.isFleet() && !output.isQuiet()) {
            surroundings.out().print(new FleetTable(output.inkOfResults(surroundings)).render(outcomes));
        }
    }

    private ExitCode summary(int leftOut) {
        List<Turn> turns = outcomes.stream().map(DriftCommand::turn).toList();
        if (turns.size() + leftOut > 1) {
            surroundings.err().println(FleetSummary.of(turns, leftOut));
        }
        return ExitCode.worstOf(turns.stream().map(Turn::code).toList());
    }

    private static Turn turn(DriftOutcome outcome) {
        if (outcome instanceof DriftOutcome.Invalid) {
            return Turn.of(ExitCode.USAGE);
        }
        if (outcome instanceof DriftOutcome.Compared compared) {
            ClusterDrift drift = compared.report().drift();
            if (drift.isInSync()) {
                return new Turn(ExitCode.OK, "in sync");
            }
            return drift.differs() ? Turn.of(ExitCode.DIFFERENCES) : new Turn(ExitCode.FAILED, "not seen");
        }
        return Turn.of(ExitCode.FAILED);
    }
}
