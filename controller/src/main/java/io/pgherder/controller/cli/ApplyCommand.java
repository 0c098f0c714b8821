package io.pgherder.controller.cli;

import io.pgherder.controller.planfile.PlanFile;
import io.pgherder.controller.planfile.SavedPlan;
import io.pgherder.controller.report.ApplyView;
import io.pgherder.controller.report.json.ApplyEvents;
import io.pgherder.controller.report.text.ApplyText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgherder apply}: makes reality match the file, after showing what that takes and asking. */
@Command(
        name = "apply",
        description = "Plan, show the plan, ask, carry it out, look again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Ctrl-C once: no new step starts, running ones finish. Twice: running steps are cancelled.",
            "Three times: pgherder ends and says what runs on, and at which agent."
        })
public final class ApplyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

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

    @Option(names = "--yes", description = "ask nothing")
    private boolean yes;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "carry out exactly this plan, saved by \"pgherder plan --out FILE\"; refused if it is no longer"
                            + " today's plan")
    private @Nullable Path plan;

    public ApplyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        FleetFiles fleet = FleetFiles.allOf(topologies.read(), scope::concerned);
        if (plan != null && fleet.files().size() > 1) {
            throw new ParameterException(spec.commandLine(), "--plan is the plan of one cluster, not of several");
        }
        if (plan != null && scope.areGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--plan goes as far as its plan was made to go: --limit and --prune belong to plan --out");
        }
        Optional<SavedPlan> saved = Optional.ofNullable(plan).map(PlanFile::new).map(PlanFile::read);
        ApplyStory.Options options = new ApplyStory.Options(yes, saved, scope, agentOptions);
        surroundings.interrupts().sayAtTheEnd(new LastWords(surroundings));
        ApplyStory story = new ApplyStory(surroundings, view(), options);
        return new Fleet(surroundings, new Errors(surroundings, output)::show)
                .leavingOut(fleet.leftOut())
                .each(fleet.files(), file -> Turn.of(story.apply(file)))
                .number();
    }

    private ApplyView view() {
        if (output.isJson()) {
            return new ApplyEvents(surroundings.out(), surroundings.clock());
        }
        ApplyText.Manner manner = new ApplyText.Manner(
                output.inkOfResults(surroundings),
                output.inkOfErrors(surroundings),
                surroundings.terminals().err(),
                output.isQuiet());
        return new ApplyText(surroundings.out(), surroundings.err(), manner, surroundings.clock(), agentOptions.next());
    }
}
