package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.PgControlData;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;

/** Looks at this host and at its instances, all of them side by side. Its threads end when nobody looks. */
public final class HostInspector implements AutoCloseable {
    private final String agentVersion;
    private final PgInstallations installations;
    private final AllowedRoots roots;
    private final Path socketDir;
    private final Clock clock;
    private final ControlFiles controlFiles;
    private final ExecutorService threads;

    public HostInspector(
            String agentVersion,
            CommandRunner runner,
            PgInstallations installations,
            AllowedRoots roots,
            Path socketDir,
            Clock clock) {
        this.agentVersion = requireNonNull(agentVersion, "agentVersion is null");
        this.installations = requireNonNull(installations, "installations is null");
        this.roots = requireNonNull(roots, "roots is null");
        this.socketDir = requireNonNull(socketDir, "socketDir is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.controlFiles = new ControlFiles(new PgControlData(runner), installations, clock);
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), HostInspector::thread);
    }

    /** Host facts only: no instance is touched. */
    public HostFacts host() {
        return new HostFacts(
                hostname(),
                agentVersion,
                System.getProperty("user.name"),
                roots.roots(),
                clock.instant(),
                installations.all(),
                socketDir);
    }

    /** One snapshot for each query, in that order. */
    public List<InstanceSnapshot> look(List<InstanceQuery> queries) {
        Map<Endpoint, CompletableFuture<Reachability>> reach = reach(queries);
        Optional<ListeningPorts> ports = listeningPorts();
        List<CompletableFuture<InstanceSnapshot>> looks = queries.stream()
                .map(query -> CompletableFuture.supplyAsync(() -> lookAt(query, reach, ports), threads))
                .toList();
        return looks.stream().map(CompletableFuture::join).toList();
    }

    private InstanceSnapshot lookAt(
            InstanceQuery query, Map<Endpoint, CompletableFuture<Reachability>> reach, Optional<ListeningPorts> ports) {
        try {
            return new InstanceInspection(query, controlFiles, threads)
                    .look(
                            () -> query.reach().stream()
                                    .map(endpoint -> reached(endpoint, requireNonNull(reach.get(endpoint))))
                                    .toList(),
                            ports);
        } catch (OperationFailed e) {
            return InstanceSnapshot.unseen(
                    query.place().node(), query.place().dataDir().toString(), e.problem());
        } catch (RuntimeException e) {
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
