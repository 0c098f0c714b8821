package io.pgherder.controller.cli;

import io.pgherder.controller.report.DriftRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgherder drift}: where reality differs from the file, why, and what could not be seen. Changes nothing, and takes no lock. */
@Command(
        name = "drift",
        description = "Show where reality differs from the file, why, and what could not be seen. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DriftCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final Duration shortest;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Topologies topologies;

    @Mixin
    private LimitOption limit;

    @Mixin
    private AgentOptions agentOptions;

    @Mixin
    private TextJsonOrJunit output;

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "run again every 30s, 5m, 1h until Ctrl-C, and show what changes")
    private @Nullable Duration watch;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write the result of each run, as JSON, to this file: whole or not at all")
    private @Nullable Path out;

    @Option(
            names = "--metrics",
            paramLabel = "[ADDRESS]:PORT",
            converter = ListenAddress.Converter.class,
            description = "with --watch: serve http://ADDRESS:PORT/metrics (OpenMetrics); :PORT means all addresses")
    private @Nullable ListenAddress metrics;

    public DriftCommand(Surroundings surroundings) {
        this(surroundings, SHORTEST);
    }

    /** @param shortest the least that {@code --watch} takes */
    DriftCommand(Surroundings surroundings, Duration shortest) {
        this.surroundings = surroundings;
        this.shortest = shortest;
    }

    @Override
    public Integer call() throws InterruptedException {
        refuseWhatDoesNotGoTogether();
        Optional<DriftFile> file = Optional.ofNullable(out).map(DriftFile::new);
        file.ifPresent(DriftFile::tryOut);
        FleetLook look = new FleetLook(surroundings, agentOptions);
        DriftRuns runs = new DriftRuns(topologies, limit, look, surroundings.clock());
        DriftResults results = new DriftResults(surroundings, topologies, agentOptions, output);
        Consumer<DriftRun> keep = run -> file.ifPresent(kept -> kept.write(run));
        if (watch == null) {
            return once(runs, results, keep).number();
        }
        return watch(watch, runs, results, keep).number();
    }

    private void refuseWhatDoesNotGoTogether() {
        if (watch == null && metrics != null) {
            throw new ParameterException(spec.commandLine(), "--metrics needs --watch: who runs once serves nobody");
        }
        if (watch != null && output.isJunit()) {
            throw new ParameterException(
                    spec.commandLine(), "--watch has no end to close a JUnit document with: use -o text or -o json");
        }
        if (watch != null && watch.compareTo(shortest) < 0) {
            throw new ParameterException(spec.commandLine(), "--watch takes 1s or more");
        }
    }

    private ExitCode once(DriftRuns runs, DriftResults results, Consumer<DriftRun> keep) throws InterruptedException {
        surroundings.interrupts().sayAtTheEnd(new LastWords(surroundings));
        DriftRun run = runs.run(results::show);
        results.showAll(run);
        results.showSummary(run);
        keep.accept(run);
        return DriftResults.exitCode(run);
    }

    private ExitCode watch(Duration every, DriftRuns runs, DriftResults results, Consumer<DriftRun> keep)
            throws InterruptedException {
        try (DriftNumbers numbers = DriftNumbers.servedAt(Optional.ofNullable(metrics))) {
            surroundings.interrupts().sayAtTheEnd(new LastWords(surroundings));
            Consumer<DriftRun> listener = numbers.andThen(keep);
            return new DriftWatch(surroundings, output, runs, results, listener).watch(every);
        }
    }
}
