package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.PgControlData;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.CommandRunner;
import io.pgherder.agent.system.HostBoot;
import io.pgherder.agent.system.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/** Looks at this host and at its instances, all of them side by side. Its threads end when nobody looks. */
public final class HostInspector implements AutoCloseable {
    /** More than a server and its neighbours are given to answer; with the check before, less than a controller waits. */
    private static final Duration LONGEST_LOOK = Duration.ofMillis(3500);

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(1);

    private final String agentVersion;
    private final PgInstallations installations;
    private final StateDirectory state;
    private final AllowedRoots roots;
    private final Path socketDir;
    private final Clock clock;
    private final ControlFiles controlFiles;
    private final StoppedSettings stoppedSettings;
    private final StoredPasswords passwords = new StoredPasswords();
    private final ExecutorService threads;
    private final InTime inTime;
    private final FileStamps stamps;
    private final LocalInstances localInstances;

    public HostInspector(
            String agentVersion,
            CommandRunner runner,
            PgInstallations installations,
            StateDirectory state,
            AllowedRoots roots,
            Path socketDir,
            Clock clock) {
        this.agentVersion = requireNonNull(agentVersion, "agentVersion is null");
        this.installations = requireNonNull(installations, "installations is null");
        this.state = requireNonNull(state, "state is null");
        this.roots = requireNonNull(roots, "roots is null");
        this.socketDir = requireNonNull(socketDir, "socketDir is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.controlFiles = new ControlFiles(new PgControlData(runner), installations, clock);
        this.stoppedSettings = new StoppedSettings(runner, installations);
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), HostInspector::thread);
        this.inTime = new InTime(threads);
        this.stamps = new FileStamps(inTime);
        this.localInstances = new LocalInstances(state, roots, new RunningPostmasters(Path.of("/proc")), inTime);
    }

    /** Host facts only: no instance is touched. */
    public HostFacts host() {
        return host(Optional.empty());
    }

    /** @param instances that were found on it; empty Optional: not looked for */
    public HostFacts host(Optional<FoundInstances> instances) {
        return new HostFacts(
                hostname(),
                HostBoot.processes(),
                agentVersion,
                System.getProperty("user.name"),
                roots.roots(),
                clock.instant(),
                installations.all(),
                socketDir,
                instances);
    }

    /** The instances of this host, whoever they belong to. Does not fail. */
    public CompletableFuture<FoundInstances> localInstances() {
        return localInstances.look();
    }

    /** One snapshot for each query, in that order. */
    public List<InstanceSnapshot> look(List<InstanceQuery> queries) {
        Map<Endpoint, CompletableFuture<Reachability>> reach = reach(queries);
        Optional<ListeningPorts> ports = listeningPorts();
        List<CompletableFuture<InstanceSnapshot>> looks = queries.stream()
                .map(query -> inTime.done(
                        LONGEST_LOOK,
                        query.place().dataDir().toString(),
                        () -> lookAt(query, reach, ports),
                        silence -> InstanceSnapshot.unseen(
                                query.place().node(), query.place().dataDir().toString(), silence)))
                .toList();
        return looks.stream().map(CompletableFuture::join).toList();
    }

    /** Does a piece of work that touches this directory before it is looked at; fails if the directory does not answer. */
    public <T> CompletableFuture<T> check(String directory, Supplier<T> work) {
        return check(LONGEST_CHECK, directory, work);
    }

    /**
     * The same for whoever is about to change something there, and has more patience.
     *
     * @throws OperationFailed if the directory does not answer within that; the work's own failure as it is
     */
    public <T> T checked(Duration within, String directory, Supplier<T> work) {
        try {
            return check(within, directory, work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    private <T> CompletableFuture<T> check(Duration within, String directory, Supplier<T> work) {
        return inTime.done(within, directory, work, silence -> {
            throw silence.failure();
        });
    }

    private InstanceSnapshot lookAt(
            InstanceQuery query, Map<Endpoint, CompletableFuture<Reachability>> reach, Optional<ListeningPorts> ports) {
        try {
            return new InstanceInspection(
                            query, state, socketDir, controlFiles, stoppedSettings, passwords, stamps, inTime)
                    .look(
                            () -> query.reach().stream()
                                    .map(endpoint -> reached(endpoint, requireNonNull(reach.get(endpoint))))
                                    .toList(),
                            ports);
        } catch (OperationFailed e) {
            return InstanceSnapshot.unseen(
                    query.place().node(), query.place().dataDir().toString(), e.problem());
        } catch (RuntimeException | StackOverflowError e) {
            return InstanceSnapshot.unseen(
                    query.place().node(),
                    query.place().dataDir().toString(),
                    InspectProblem.DEFECT
                            .summary("could not look at " + query.place().node())
                            .detail(e.toString()));
        }
    }

    /** Each endpoint once, however many instances want to reach it. */
    private Map<Endpoint, CompletableFuture<Reachability>> reach(List<InstanceQuery> queries) {
        Map<Endpoint, CompletableFuture<Reachability>> attempts = new LinkedHashMap<>();
        for (InstanceQuery query : queries) {
            for (Endpoint endpoint : query.reach()) {
                attempts.computeIfAbsent(
                        endpoint,
                        target -> CompletableFuture.supplyAsync(() -> ReachProbe.tryToReach(target), threads));
            }
        }
        return attempts;
    }

    /** A name server that does not answer takes longer than any connection. */
    private static Reachability reached(Endpoint endpoint, CompletableFuture<Reachability> attempt) {
        return attempt.completeOnTimeout(
                        ReachProbe.silent(endpoint), ReachProbe.PATIENCE.toMillis() + 200, TimeUnit.MILLISECONDS)
                .join();
    }

    private static Optional<ListeningPorts> listeningPorts() {
        try {
            return Optional.of(ListeningPorts.read());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "inspect");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
