package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.execution.AgentsConnector.OneRun;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ClusterObserver;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Looks at several clusters side by side, as many agents at a time as {@code --parallel} allows for all of them together. A cluster that
 * cannot be looked at does not hide the others.
 */
final class FleetLook {
    private final Surroundings surroundings;
    private final AgentOptions agentOptions;
    private volatile boolean givenUp;
    private volatile List<? extends Future<?>> looks = List.of();

    FleetLook(Surroundings surroundings, AgentOptions agentOptions) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.agentOptions = requireNonNull(agentOptions, "agentOptions is null");
    }

    /**
     * What became of one cluster.
     *
     * @param made of the look at it; empty if nobody could look
     * @param problems why nobody could
     */
    record Found<T>(TopologyFile file, Optional<T> made, List<Problem> problems) {}

    /**
     * @param make what of a look; on the thread that looked, beside those of other clusters
     * @param each is given every cluster in the files' order, as soon as that is known of it and of those before it
     * @throws CancellationException if it was given up
     */
    <T> void each(List<TopologyFile> files, Function<Look, T> make, Consumer<Found<T>> each)
            throws InterruptedException {
        // Fair: where clusters wait for places the first ones are finished, and their connections ended, before others
        // begin.
        Semaphore places = new Semaphore(agentOptions.parallel(), true);
        // Each cluster may have but one agent.
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, Math.min(files.size(), agentOptions.parallel())));
        try (OneRun connections = surroundings.agents().oneRun()) {
            List<Future<Found<T>>> begun = files.stream()
                    .map(file -> threads.submit(() -> find(file, files.size() == 1, connections, places, make)))
                    .toList();
            looks = begun;
            if (givenUp) {
                giveUp();
            }
            for (Future<Found<T>> look : begun) {
                Found<T> found = result(look);
                if (givenUp) {
                    throw new CancellationException("given up");
                }
                each.accept(found);
            }
        } finally {
            looks = List.of();
            threads.shutdownNow();
        }
    }

    /** Waits for no more answers, from now on: from another thread than the one that looks. */
    void giveUp() {
        givenUp = true;
        looks.forEach(look -> look.cancel(true));
    }

    private static <T> Found<T> result(Future<Found<T>> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException e) {
            // A defect, and no answer of an agent.
            if (e.getCause() instanceof Error defect) {
                throw defect;
            }
            throw e.getCause() instanceof RuntimeException defect ? defect : new IllegalStateException(e.getCause());
        }
    }

    private <T> Found<T> find(
            TopologyFile file, boolean isAlone, OneRun connections, Semaphore places, Function<Look, T> make)
            throws InterruptedException {
        try {
            return new Found<>(file, Optional.of(make.apply(look(file, connections, places))), List.of());
        } catch (ProblemsException e) {
            return new Found<>(file, Optional.empty(), e.problems());
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException defect) {
            if (isAlone) {
                throw defect;
            }
            return new Found<>(file, Optional.empty(), List.of(problem(file, defect)));
        }
    }

    /** A defect met with one cluster hides no other; what a single one is told by has the trace. */
    private static Problem problem(TopologyFile file, RuntimeException defect) {
        return Problem.of(CliProblem.DEFECT, "an unexpected error: a defect of pgherder")
                .detail(defect.getClass().getName() + ": " + defect.getMessage())
                .hint("run the same command for " + file.displayPath() + " alone, with -v for the trace");
    }

    private Look look(TopologyFile file, OneRun connections, Semaphore places) throws InterruptedException {
        Path tls = new TlsPlace(surroundings).find(agentOptions.tls(), file);
        try (Agents agents = connections.connect(file.topology(), tls, agentOptions.timeout())) {
            Instant began = surroundings.clock().instant();
            ClusterObservation seen = new ClusterObserver(agents.probe(), places).observe(file.topology());
            return new Look(
                    file, seen, Duration.between(began, surroundings.clock().instant()));
        }
    }
}
