package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.InstanceFiles;
import io.pgherder.agent.system.RegularFile;
import io.pgherder.agent.system.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * The instances of this host, whether anybody asks for them or not: those that run under the agent's account, and those that the agent
 * installed and that do not run.
 */
final class LocalInstances {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int LARGEST_SETTINGS_FILE_BYTES = 1 << 20;

    private final StateDirectory state;
    private final AllowedRoots roots;
    private final RunningPostmasters running;
    private final InTime inTime;

    LocalInstances(StateDirectory state, AllowedRoots roots, RunningPostmasters running, InTime inTime) {
        this.state = state;
        this.roots = roots;
        this.running = running;
        this.inTime = inTime;
    }

    /** What was found, and what could not be looked at. Does not fail. */
    CompletableFuture<FoundInstances> look() {
        Map<Path, Optional<DataDirectory>> places = new TreeMap<>();
        List<AgentProblem> unseen;
        try {
            RunningPostmasters.Workplaces workplaces = running.workplaces();
            workplaces.places().forEach(place -> places.put(place, Optional.empty()));
            unseen = workplaces.unseen().stream().toList();
            for (InstanceFiles files : state.instanceFiles()) {
                DataDirectory.installed(files).ifPresent(ours -> places.put(ours.data(), Optional.of(ours)));
            }
        } catch (IOException unreadable) {
            return CompletableFuture.completedFuture(unseen(List.of(unlisted(unreadable))));
        } catch (OperationFailed unreadable) {
            return CompletableFuture.completedFuture(unseen(List.of(unreadable.problem())));
        }
        List<CompletableFuture<FoundInstances>> looks = places.entrySet().stream()
                .map(place -> inTime.done(
                                PATIENCE,
                                place.getKey().toString(),
                                () -> find(place.getKey(), place.getValue()),
                                silence -> unseen(List.of(silence)))
                        .exceptionally(defect -> unseen(List.of(closed(place.getKey(), defect)))))
                .toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                .thenApply(done -> together(
                        Stream.concat(Stream.of(unseen(unseen)), looks.stream().map(CompletableFuture::join))
                                .toList()));
    }

    private static FoundInstances together(List<FoundInstances> looks) {
        return new FoundInstances(
                looks.stream().flatMap(look -> look.found().stream()).toList(),
                looks.stream().flatMap(look -> look.unseen().stream()).toList());
    }

    private static FoundInstances unseen(List<AgentProblem> why) {
        return new FoundInstances(List.of(), why);
    }

    private static AgentProblem unlisted(IOException why) {
        return InspectProblem.PROCESSES_UNKNOWN
                .summary("could not look for instances: the kernel does not list its processes")
                .detail(why.toString());
    }

    private static AgentProblem closed(Path directory, Throwable why) {
        Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        return cause instanceof OperationFailed failed
                ? failed.problem()
                : InspectProblem.DEFECT
                        .summary("could not look for an instance in " + directory)
                        .detail(cause.toString());
    }

    /** @param ours if the agent has installed something there once */
    private FoundInstances find(Path directory, Optional<DataDirectory> ours) {
        Optional<PostmasterPid> postmaster = RunningPostmasters.in(directory);
        boolean installedHere = ours.filter(DataDirectory::isInstalled).isPresent();
        return new FoundInstances(
                postmaster.isPresent() || installedHere
                        ? List.of(instance(directory, postmaster, installedHere))
                        : List.of(),
                List.of());
    }

    private LocalInstance instance(Path directory, Optional<PostmasterPid> postmaster, boolean installedHere) {
        int port = postmaster.map(PostmasterPid::port).orElse(0);
        long pid = postmaster.map(PostmasterPid::pid).orElse(0L);
        if (!roots.contain(directory)) {
            return new LocalInstance(directory, port, pid, 0, "", "", false, false, Optional.empty(), Optional.empty());
        }
        Optional<Path> configDir =
                PostmasterOpts.configDirectory(directory).filter(elsewhere -> !elsewhere.equals(directory));
        List<String> settings =
                configDir.filter(elsewhere -> !roots.contain(elsewhere)).isPresent()
                        ? List.of()
                        : managedLines(configDir.orElse(directory));
        return new LocalInstance(
                directory,
                pid == 0 ? port(settings) : port,
                pid,
                DirectoryInspection.majorVersion(directory).orElse(0),
                ManagedSettings.cluster(settings),
                ManagedSettings.value("cluster_name", settings).orElse(""),
                DataDirectory.isStandby(directory),
                installedHere,
                configDir,
                SystemIdentifierFile.read(directory));
    }

    private static int port(List<String> settings) {
        return ManagedSettings.value("port", settings)
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .orElse(0);
    }

    private static List<String> managedLines(Path directory) {
        Path file = directory.resolve(ManagedSettings.FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (InputStream bytes = RegularFile.open(file)) {
            String text = new String(bytes.readNBytes(LARGEST_SETTINGS_FILE_BYTES), StandardCharsets.UTF_8);
            return text.lines().toList();
        } catch (IOException goneOrClosed) {
            return List.of();
        }
    }
}
