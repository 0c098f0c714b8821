package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.ControlData;
import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.RefusedSettings;
import io.pgherder.agent.problem.AgentProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One instance, or the place where one would be, as it was found.
 *
 * @param walDir empty if the instance has no WAL directory of its own
 * @param configDirectory where its configuration was looked for; empty: it could not be
 * @param listener who listens on the port, if that is somebody else who can be seen
 * @param vanished where there is no instance: the agent's record of one that it installed here and that is gone
 * @param control empty if there is no instance, or its control file could not be read
 * @param postmasterPid empty unless a postmaster runs
 * @param standbySignal whether the directory comes up as a standby when started
 * @param recoverySignal whether it would recover from an archive when started
 * @param server empty unless the server answered
 * @param managedSettings empty if there is no such file
 * @param passfile the password that it would give to its upstream, beside the one that was asked about
 * @param files who wrote the files that the settings told of come from, and when; one that cannot be looked at is left out
 * @param unreadableFiles configuration files that are there and could not be read: that {@code managedSettings} or {@code hba} is empty may
 *     be because of that
 * @param history where the timelines that came before its latest one ended; empty if none came before, or that is not known
 * @param settingsErrors of an instance that does not run, what keeps its next start from reading its settings files; a running server tells that itself
 * @param refusedSettings with which its server did not start, and which are held back since; empty if none are
 * @param problems what could not be seen, and why
 */
public record InstanceSnapshot(
        String node,
        DirectoryFacts dataDir,
        Optional<DirectoryFacts> walDir,
        Optional<ConfigDirectory> configDirectory,
        PortUse port,
        Optional<Listener> listener,
        Optional<Path> vanished,
        Optional<ControlData> control,
        ProcessState process,
        Optional<Long> postmasterPid,
        boolean standbySignal,
        boolean recoverySignal,
        Optional<ServerFacts> server,
        Optional<ConfigFile> managedSettings,
        Optional<ConfigFile> hba,
        List<Reachability> reach,
        PasswordMatch passfile,
        List<FileStamp> files,
        List<Path> unreadableFiles,
        List<TimelineEnd> history,
        FileErrors settingsErrors,
        Optional<RefusedSettings> refusedSettings,
        List<AgentProblem> problems) {
    public InstanceSnapshot {
        requireNonNull(node, "node is null");
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(walDir, "walDir is null");
        requireNonNull(configDirectory, "configDirectory is null");
        requireNonNull(port, "port is null");
        requireNonNull(listener, "listener is null");
        requireNonNull(vanished, "vanished is null");
        requireNonNull(control, "control is null");
        requireNonNull(process, "process is null");
        requireNonNull(postmasterPid, "postmasterPid is null");
        requireNonNull(server, "server is null");
        requireNonNull(managedSettings, "managedSettings is null");
        requireNonNull(hba, "hba is null");
        requireNonNull(passfile, "passfile is null");
        reach = List.copyOf(reach);
        files = List.copyOf(files);
        unreadableFiles = List.copyOf(unreadableFiles);
        history = List.copyOf(history);
        requireNonNull(settingsErrors, "settingsErrors is null");
        requireNonNull(refusedSettings, "refusedSettings is null");
        problems = List.copyOf(problems);
    }

    /** For an instance that the agent may not or could not look at. */
    public static InstanceSnapshot unseen(String node, String dataDir, AgentProblem why) {
        return new InstanceSnapshot(
                node,
                new DirectoryFacts(
                        Path.of(dataDir.replaceAll("\\p{Cntrl}", "?")),
                        DirectoryFacts.Content.UNREADABLE,
                        Optional.of(new Obstacle(why.summary(), why.hint())),
                        0,
                        0,
                        0,
                        "",
                        0,
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                PortUse.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ProcessState.UNKNOWN,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                PasswordMatch.UNKNOWN,
                List.of(),
                List.of(),
                List.of(),
                FileErrors.NONE,
                Optional.empty(),
                List.of(why));
    }
}
