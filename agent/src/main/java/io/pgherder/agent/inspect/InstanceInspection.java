package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.ControlData;
import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.RefusedSettings;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.StateDirectory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One look at one instance. */
final class InstanceInspection {
    private final InstanceQuery query;
    private final InstancePlace place;
    private final StateDirectory state;
    private final Path socketDir;
    private final ControlFiles controlFiles;
    private final StoppedSettings stoppedSettings;
    private final StoredPasswords passwords;
    private final FileStamps stamps;
    private final InTime inTime;
    private final WalTimelines walTimelines;
    private final List<AgentProblem> problems = new CopyOnWriteArrayList<>();

    InstanceInspection(
            InstanceQuery query,
            StateDirectory state,
            Path socketDir,
            ControlFiles controlFiles,
            StoppedSettings stoppedSettings,
            StoredPasswords passwords,
            FileStamps stamps,
            InTime inTime) {
        this.query = query;
        this.place = query.place();
        this.state = state;
        this.socketDir = socketDir;
        this.controlFiles = controlFiles;
        this.stoppedSettings = stoppedSettings;
        this.passwords = passwords;
        this.stamps = stamps;
        this.inTime = inTime;
        this.walTimelines = new WalTimelines(place.dataDir());
    }

    InstanceSnapshot look(Supplier<List<Reachability>> reach, Optional<ListeningPorts> ports) {
        Optional<PostmasterPid> postmaster = postmaster();
        ProcessState process = stateOf(postmaster);
        ServerInspection inspection = new ServerInspection(query, passwords, walTimelines, problems::add);
        // The server is asked meanwhile: it takes longer than all the rest.
        CompletableFuture<Optional<ServerFacts>> answer = process == ProcessState.ACCEPTING
                ? inTime.done(
                        ServerInspection.PATIENCE,
                        "the server in " + place.dataDir(),
                        () -> ask(inspection),
                        silence -> answeredSoFar(inspection))
                : CompletableFuture.completedFuture(Optional.empty());
        DirectoryFacts dataDir = dataDir();
        Optional<DirectoryFacts> walDir =
                place.walDir().map(directory -> DirectoryInspection.walDir(directory, place.dataDir()));
        boolean isInstance = dataDir.content() == DirectoryFacts.Content.INSTANCE;
        Optional<ControlData> control = isInstance ? control(dataDir.majorVersion()) : Optional.empty();
        ConfigFileInspection configFiles =
                new ConfigFileInspection(place.dataDir(), place.configDirectory(), problems::add);
        configFiles.checkAutoConf();
        List<Reachability> reached = reach.get();
        Optional<ServerFacts> server = await(answer);
        Optional<Path> configFile = server.flatMap(facts -> file(facts, "config_file"));
        Optional<ConfigFile> managedSettings = configFiles.managedSettings(configFile);
        List<ListeningSocket> takers = takers(ports);
        PortUse port = portUse(postmaster, ports, takers);
        Optional<ConfigFile> hba = configFiles.hba(server.flatMap(facts -> file(facts, "hba_file")));
        return new InstanceSnapshot(
                place.node(),
                dataDir,
                walDir,
                Optional.of(configFiles.directory(configFile)),
                port,
                port == PortUse.OTHER ? Optional.of(ListeningPorts.listener(takers)) : Optional.empty(),
                isInstance ? Optional.empty() : vanished(),
                control,
                process,
                postmaster.map(PostmasterPid::pid),
                isInstance && DataDirectory.isStandby(place.dataDir()),
                isInstance && DataDirectory.isRecovering(place.dataDir()),
                server,
                managedSettings,
                hba,
                reached,
                managedSettings.map(this::passfile).orElse(PasswordMatch.UNKNOWN),
                stamps.of(files(server, managedSettings, hba)),
                configFiles.unreadable(),
                history(control, server),
                isInstance
                                && process == ProcessState.STOPPED
                                && configFiles.directory(configFile).hasPostgresConf()
                        ? settingsErrors(dataDir.majorVersion())
                        : FileErrors.NONE,
                isInstance ? refusedSettings() : Optional.empty(),
                problems);
    }

    private Optional<RefusedSettings> refusedSettings() {
        try {
            return RefusedSettings.heldBack(place, state.known(place.dataDir()));
        } catch (OperationFailed e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private FileErrors settingsErrors(int majorVersion) {
        try {
            return stoppedSettings.errors(place, majorVersion);
        } catch (OperationFailed e) {
            problems.add(e.problem());
            return FileErrors.NONE;
        }
    }

    /** A server that has only just been promoted is ahead of its control file. */
    private List<TimelineEnd> history(Optional<ControlData> control, Optional<ServerFacts> server) {
        return Stream.concat(control.map(ControlData::timeline).stream(), server.map(ServerFacts::timeline).stream())
                .max(Integer::compare)
                .map(latest -> TimelineHistory.of(place.dataDir(), latest))
                .orElse(List.of());
    }

    private DirectoryFacts dataDir() {
        DirectoryFacts seen = DirectoryInspection.dataDir(place.dataDir());
        return seen.usable()
                ? own().foreignStaging()
                        .map(InstanceInspection::inTheWay)
                        .map(seen::hinderedBy)
                        .orElse(seen)
                : seen;
    }

    private Optional<Path> vanished() {
        DataDirectory own = own();
        return own.hasVanished() ? Optional.of(own.record()) : Optional.empty();
    }

    /** What the agent knows of having made here. */
    private DataDirectory own() {
        return new DataDirectory(place.dataDir(), place.walDir(), state.known(place.dataDir()));
    }

    private static Obstacle inTheWay(Path staging) {
        return new Obstacle(
                staging + " is in the way, which this agent has no record of having made", DataDirectory.LEFT_BEHIND);
    }

    private Optional<PostmasterPid> postmaster() {
        try {
            return PostmasterPid.live(place.dataDir());
        } catch (OperationFailed e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private ProcessState stateOf(Optional<PostmasterPid> postmaster) {
        if (postmaster.isEmpty()) {
            return problems.isEmpty() ? ProcessState.STOPPED : ProcessState.UNKNOWN;
        }
        return switch (postmaster.get().status()) {
            case "ready" -> ProcessState.ACCEPTING;
            case "stopping" -> ProcessState.STOPPING;
            case "standby" -> ProcessState.CLOSED;
            default -> ProcessState.STARTING;
        };
    }

    private Optional<ServerFacts> ask(ServerInspection inspection) {
        try {
            return Optional.of(inspection.ask());
        } catch (OperationFailed e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private Optional<ServerFacts> answeredSoFar(ServerInspection inspection) {
        Optional<ServerInspection.Answered> answered = inspection.answered();
        if (answered.isPresent()) {
            problems.addAll(answered.get().missing());
            return answered.map(ServerInspection.Answered::facts);
        }
        problems.add(InspectProblem.SERVER_SILENT
                .summary(place.node() + " did not answer within " + ServerInspection.PATIENCE.toSeconds() + " s")
                .detail("its postmaster.pid says that it accepts connections")
                .hint("is its host overloaded, or the server stopped by a signal?"));
        return Optional.empty();
    }

    private Optional<ServerFacts> await(CompletableFuture<Optional<ServerFacts>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            problems.add(InspectProblem.DEFECT
                    .summary("could not look at the server of " + place.node())
                    .detail(String.valueOf(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private Optional<ControlData> control(int majorVersion) {
        try {
            return Optional.of(controlFiles.read(place, majorVersion).atLeastOn(walTimelines.latest()));
        } catch (OperationFailed e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private PasswordMatch passfile(ConfigFile managedSettings) {
        return query.credentials()
                .map(asked -> new PassfileInspection(place.dataDir(), problems::add).compare(managedSettings, asked))
                .orElse(PasswordMatch.UNKNOWN);
    }

    /** Where the port is in use on another address only, its local socket may still be the one that this instance needs. */
    private List<ListeningSocket> takers(Optional<ListeningPorts> ports) {
        boolean socketIsTaken = Files.exists(socketDir.resolve(".s.PGSQL." + place.port() + ".lock"));
        InetAddress address = socketIsTaken ? new InetSocketAddress(0).getAddress() : query.listensOn();
        return ports.map(listening -> listening.takers(address, place.port())).orElse(List.of());
    }

    private PortUse portUse(
            Optional<PostmasterPid> postmaster, Optional<ListeningPorts> ports, List<ListeningSocket> takers) {
        if (postmaster.filter(server -> server.port() == place.port()).isPresent()) {
            return PortUse.OURS;
        }
        if (ports.isEmpty()) {
            problems.add(InspectProblem.PORTS_UNKNOWN
                    .summary("could not see who listens on port " + place.port())
                    .detail("the kernel's list in /proc/net/tcp cannot be read"));
            return PortUse.UNKNOWN;
        }
        return takers.isEmpty() ? PortUse.FREE : PortUse.OTHER;
    }

    private static List<String> files(
            Optional<ServerFacts> server, Optional<ConfigFile> managedSettings, Optional<ConfigFile> hba) {
        return Stream.of(
                        server.stream()
                                .flatMap(facts -> facts.settings().stream())
                                .map(ServerFacts.Setting::sourceFile),
                        server.flatMap(ServerFacts::fileEntries).stream()
                                .flatMap(List::stream)
                                .map(ServerFacts.FileEntry::file),
                        server.flatMap(facts -> file(facts, "hba_file")).stream()
                                .map(Path::toString),
                        Stream.of(managedSettings, hba)
                                .flatMap(Optional::stream)
                                .map(file -> file.path().toString()))
                .flatMap(paths -> paths)
                .distinct()
                .toList();
    }

    /** @param name of the setting by which the server tells where it is */
    private static Optional<Path> file(ServerFacts server, String name) {
        return server.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .map(setting -> Path.of(setting.value()))
                .findFirst();
    }
}
