package io.pgherder.controller.cli;

import io.pgherder.controller.planfile.PlanFile;
import io.pgherder.controller.planfile.SavedPlan;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.report.json.PlanJson;
import io.pgherder.controller.report.text.FleetTable;
import io.pgherder.controller.report.text.PlanText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgherder plan}: the steps that would close the difference between the file and reality. Changes nothing. */
@Command(
        name = "plan",
        description = "Look at every host and show the steps that would make reality match the file. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class PlanCommand implements Callable<Integer> {
    private static final List<String> FIGURES = List.of("STEPS");

    private final Surroundings surroundings;
    private final List<PlanReport> reports = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Mixin
    private Topologies topologies;

    @Mixin
    private ScopeOptions scope;

    @Mixin
    private AgentOptions agentOptions;

    @Mixin
    private TextOrJson output;

    @Option(names = "--out", paramLabel = "FILE", description = "save the plan for \"pgherder apply --plan FILE\"")
    private @Nullable Path out;

    @Option(names = "--detailed-exitcode", description = "end with 3 instead of 0 if something is not as declared")
    private boolean detailedExitCode;

    public PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        FleetFiles fleet = out == null
                ? FleetFiles.of(topologies.validated(), scope::concerned)
                : FleetFiles.allOf(topologies.read(), scope::concerned);
        if (out != null && fleet.files().size() > 1) {
            throw new ParameterException(spec.commandLine(), "--out saves the plan of one cluster, not of several");
        }
        if (out != null) {
            new PlanFile(out).tryOut();
        }
        surroundings.interrupts().sayAtTheEnd(new LastWords(surroundings));
        FleetTurns turns = new FleetTurns(new Errors(surroundings, output));
        FleetLook look = new FleetLook(surroundings, agentOptions);
        turns.each(fleet, look, seen -> Planning.plan(seen, scope.on(seen.file())), this::show);
        showAll(turns);
        return turns.summedUp(surroundings).number();
    }

    private Turn show(PlanReport report) {
        ExitCode code = showAndSave(report);
        surroundings.out().print(topologies.isFleet() && !output.isJson() && !output.isQuiet() ? "\n" : "");
        if (report.plan().isRefused()) {
            return Turn.of(code).with("-");
        }
        int steps = report.plan().steps().size();
        Turn turn = Turn.of(code).with(Integer.toString(steps));
        if (steps > 0) {
            return turn.called("with steps").worthALook();
        }
        return report.differs() ? turn.called(ExitCode.DIFFERENCES.word()).worthALook() : turn;
    }

    private ExitCode showAndSave(PlanReport report) {
        if (output.isJson()) {
            reports.add(report);
        } else {
            showText(report);
        }
        if (report.plan().isRefused()) {
            new Errors(surroundings, output).show(report.plan().refusals());
            return ExitCode.REFUSED;
        }
        if (out != null) {
            new PlanFile(out).write(SavedPlan.of(report.file(), report.plan()));
        }
        showHowToGoOn(report);
        return detailedExitCode && report.differs() ? ExitCode.DIFFERENCES : ExitCode.OK;
    }

    private void showText(PlanReport report) {
        PlanText text = new PlanText(output.inkOfResults(surroundings));
        if (output.isQuiet()) {
            surroundings.out().print(text.result(report) + (report.plan().isEmpty() ? text.notAsDeclared(report) : ""));
            return;
        }
        surroundings.out().print(text.render(report));
    }

    /** Once the plan is saved, if it was to be: the next command names its file. */
    private void showHowToGoOn(PlanReport report) {
        if (!output.isJson() && !output.isQuiet()) {
            surroundings
                    .out()
                    .print(
                            report.plan().isEmpty()
                                    ? PlanText.whatIsLeft(report, agentOptions.next())
                                    : PlanText.nothingChanged(report, Optional.ofNullable(out), agentOptions.next()));
        }
    }

    /** What comes when all have been looked at: for programs one document, also of several clusters; for people the table of a fleet. */
    private void showAll(FleetTurns turns) {
        if (output.isJson() && topologies.isFleet()) {
            surroundings.out().print(PlanJson.renderFleet(reports));
        } else if (output.isJson()) {
            reports.forEach(report -> surroundings.out().print(PlanJson.render(report)));
        } else if (topologies.isFleet() && !output.isQuiet()) {
            surroundings.out().print(new FleetTable(output.inkOfResults(surroundings), FIGURES).render(turns.lines()));
        }
    }
}
