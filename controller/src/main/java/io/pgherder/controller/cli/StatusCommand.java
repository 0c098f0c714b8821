package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.execution.Stop;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ClusterObserver;
import io.pgherder.controller.report.ClusterStatus;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.report.NodeStatus;
import io.pgherder.controller.report.StatusView;
import io.pgherder.controller.report.json.StatusJson;
import io.pgherder.controller.report.text.FleetTable;
import io.pgherder.controller.report.text.LiveScreen;
import io.pgherder.controller.report.text.StatusTree;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgherder status}: what runs, who streams from whom, and whether commits can succeed. Changes nothing. */
@Command(
        name = "status",
        description = "Show what runs: the tree, WAL positions, lags, sync states, waiting commits, agents.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class StatusCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final List<String> FIGURES = List.of("NODES", "AT WORK");

    private final Surroundings surroundings;
    private final Duration every;
    private final List<ClusterStatus> statuses = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Mixin
    private Topologies topologies;

    @Mixin
    private LimitOption limit;

    @Mixin
    private AgentOptions agentOptions;

    @Mixin
    private TextOrJson output;

    @Option(names = "--watch", description = "look again every second until Ctrl-C")
    private boolean watch;

    public StatusCommand(Surroundings surroundings) {
        this(surroundings, EVERY);
    }

    /** @param every how long {@code --watch} waits between two looks */
    StatusCommand(Surroundings surroundings, Duration every) {
        this.surroundings = surroundings;
        this.every = every;
    }

    @Override
    public Integer call() throws InterruptedException {
        return (watch ? watchOne() : once()).number();
    }

    private ExitCode once() throws InterruptedException {
        FleetTurns turns = new FleetTurns(new Errors(surroundings, output));
        FleetFiles fleet = FleetFiles.of(topologies.validated(), limit::concerned);
        turns.each(fleet, new FleetLook(surroundings, agentOptions), this::look, this::show);
        showAll(turns);
        return turns.summedUp(surroundings);
    }

    private ExitCode watchOne() throws InterruptedException {
        FleetFiles fleet = FleetFiles.allOf(topologies.read(), limit::concerned);
        if (fleet.files().size() > 1) {
            throw new ParameterException(spec.commandLine(), "--watch follows one cluster, not several");
        }
        return new Fleet(surroundings, new Errors(surroundings, output)::show)
                .leavingOut(fleet.leftOut())
                .each(fleet.files(), file -> Turn.of(watch(file)));
    }

    /** @param file what the status is of */
    private record Shown(TopologyFile file, ClusterStatus status) {}

    private Shown look(Look look) {
        return new Shown(look.file(), status(look.file(), look.seen()));
    }

    private Turn show(Shown shown) {
        if (output.isJson()) {
            statuses.add(shown.status());
        } else {
            surroundings.out().print(tree(shown.file(), shown.status()));
        }
        return turn(shown.status());
    }

    private static Turn turn(ClusterStatus status) {
        int nodes = status.nodes().size();
        long atWork = status.nodes().stream().filter(NodeStatus::isAtWork).count();
        return outcome(status).with(Integer.toString(nodes), Long.toString(atWork));
    }

    private static Turn outcome(ClusterStatus status) {
        if (status.agentsThatAnswered() == 0) {
            return Turn.of(ExitCode.FAILED).called("not seen");
        }
        Turn ok = Turn.of(ExitCode.OK);
        return status.isSound() ? ok : ok.called("with problems").worthALook();
    }

    private ExitCode watch(TopologyFile file) throws InterruptedException {
        Path tls = new TlsPlace(surroundings).find(agentOptions.tls(), file);
        try (Agents agents = surroundings.agents().connect(file.topology(), tls, agentOptions.timeout())) {
            return watch(file, new ClusterObserver(agents.probe(), agentOptions.parallel()));
        }
    }

    private ExitCode watch(TopologyFile file, ClusterObserver observer) throws InterruptedException {
        Stop stop = new Stop();
        surroundings.interrupts().redirectTo(stop);
        LiveScreen screen =
                new LiveScreen(surroundings.out(), surroundings.terminals().out());
        do {
            ClusterStatus status = status(file, observer.observe(file.topology()));
            screen.show(output.isJson() ? StatusJson.renderLine(status) : tree(file, status));
        } while (!surroundings.out().checkError() && !stop.awaitAsked(every));
        return ExitCode.OK;
    }

    /** What comes when all have been looked at: for programs one document, also of several clusters; for people the table of a fleet. */
    private void showAll(FleetTurns turns) {
        if (output.isJson() && topologies.isFleet()) {
            surroundings.out().print(StatusJson.renderFleet(statuses));
        } else if (output.isJson()) {
            statuses.forEach(status -> surroundings.out().print(StatusJson.render(status)));
        } else if (topologies.isFleet() && !output.isQuiet()) {
            surroundings.out().print(new FleetTable(output.inkOfResults(surroundings), FIGURES).render(turns.lines()));
        }
    }

    private ClusterStatus status(TopologyFile file, ClusterObservation seen) {
        return new StatusView(file.topology(), seen, surroundings.clock().instant(), limit.on(file)).status();
    }

    private String tree(TopologyFile file, ClusterStatus status) {
        String plan = agentOptions.next().of("plan", file.displayPath());
        StatusTree tree = new StatusTree(output.inkOfResults(surroundings), plan);
        return topologies.isFleet() && !watch ? tree.renderNamed(status, file.displayPath()) : tree.render(status);
    }
}
