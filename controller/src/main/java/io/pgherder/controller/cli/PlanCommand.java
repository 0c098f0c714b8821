package io.pgherder.controller.cli;

import io.pgherder.controller.planfile.PlanFile;
import io.pgherder.controller.planfile.SavedPlan;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.report.json.PlanJson;
import io.pgherder.controller.report.text.PlanText;
import io.pgherder.controller.topology.yaml.TopologyFile;
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
        List<TopologyFile> all = topologies.read();
        List<TopologyFile> files = scope.concerned(all);
        if (out != null && files.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--out saves the plan of one cluster, not of several");
        }
        surroundings.interrupts().sayAtTheEnd(new LastWords(surroundings));
        ExitCode worst = new Fleet(surroundings, new Errors(surroundings, output)::show)
                .leavingOut(all.size() - files.size())
                .each(
                        files,
                        new FleetLook(surroundings, agentOptions),
                        look -> Planning.plan(look, scope.on(look.file())),
                        report -> Turn.of(show(report)));
        if (output.isJson()) {
            showJson();
        }
        return worst.number();
    }

    private ExitCode show(PlanReport report) {
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
        if (!output.isJson() && !output.isQuiet() && !report.plan().steps().isEmpty()) {
            surroundings.out().print(PlanText.nothingChanged(report, Optional.ofNullable(out), agentOptions.next()));
        }
    }

    /** One document, also of several clusters: so it comes when all of them have been looked at. */
    private void showJson() {
        if (topologies.isFleet()) {
            surroundings.out().print(PlanJson.renderFleet(reports));
        } else {
            reports.forEach(report -> surroundings.out().print(PlanJson.render(report)));
        }
    }
}
