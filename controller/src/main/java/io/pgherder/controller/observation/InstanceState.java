package io.pgherder.controller.observation;

import io.pgherder.controller.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An instance on its disk and, if it answers, through SQL.
 *
 * @param control empty if the control file could not be read
 * @param standbySignal whether the directory comes up as a standby when started
 * @param server empty unless the server answered
 * @param managedSettings the lines of pgherder.conf; empty Optional: no such file
 * @param hba the lines of pg_hba.conf without comments
 * @param passfile the password that a standby would give to the upstream in its pgherder.conf
 * @param problems what could not be seen, and why
 */
public record InstanceState(
        Optional<ControlFile> control,
        ProcessState process,
        boolean standbySignal,
        Optional<ServerFacts> server,
        Optional<ConfigFile> managedSettings,
        Optional<ConfigFile> hba,
        PasswordMatch passfile,
        List<Problem> problems) {
    public InstanceState {
        requireNonNull(control, "control is null");
        requireNonNull(process, "process is null");
        requireNonNull(server, "server is null");
        requireNonNull(managedSettings, "managedSettings is null");
        requireNonNull(hba, "hba is null");
        requireNonNull(passfile, "passfile is null");
        problems = List.copyOf(problems);
    }

    public enum ProcessState {
        STOPPED,
        STARTING,
        ACCEPTING,
        STOPPING,
        UNKNOWN
    }

    /**
     * A configuration file as it stands on disk.
     *
     * @param inUse false if the server would not read it
     * @param writtenAt when it took its present place and content
     */
    public record ConfigFile(String path, List<String> lines, boolean inUse, Instant writtenAt) {
        public ConfigFile {
            requireNonNull(path, "path is null");
            requireNonNull(writtenAt, "writtenAt is null");
            lines = List.copyOf(lines);
        }
    }
}
