package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.Lsn;
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
 * @param recoverySignal whether it would recover from an archive when started
 * @param server empty unless the server answered
 * @param managedSettings the lines of pgherder.conf; empty Optional: no such file, unless it is among those that could not be read
 * @param hba the lines of pg_hba.conf without comments
 * @param passfile the password that a standby would give to the upstream in its pgherder.conf
 * @param files who wrote the files that the settings seen come from, and when; one that could not be looked at is left out
 * @param unreadableFiles paths of configuration files that are there and could not be read; the problems say why
 * @param history where the timelines that came before its latest one ended; empty if none came before, or that is not known
 * @param atRest of an instance that does not run, errors in its settings files; of one that does, {@link #settingsErrors} knows
 * @param refused settings with which the server did not start, and which are held back since; empty if none are
 * @param problems what could not be seen, and why
 */
public record InstanceState(
        Optional<ControlFile> control,
        ProcessState process,
        boolean standbySignal,
        boolean recoverySignal,
        Optional<ServerFacts> server,
        Optional<ConfigFile> managedSettings,
        Optional<ConfigFile> hba,
        PasswordMatch passfile,
        List<FileStamp> files,
        List<String> unreadableFiles,
        List<TimelineEnd> history,
        FileErrors atRest,
        Optional<RefusedSettings> refused,
        List<Problem> problems) {
    public InstanceState {
        requireNonNull(control, "control is null");
        requireNonNull(process, "process is null");
        requireNonNull(server, "server is null");
        requireNonNull(managedSettings, "managedSettings is null");
        requireNonNull(hba, "hba is null");
        requireNonNull(passfile, "passfile is null");
        files = List.copyOf(files);
        unreadableFiles = List.copyOf(unreadableFiles);
        history = List.copyOf(history);
        requireNonNull(atRest, "atRest is null");
        requireNonNull(refused, "refused is null");
        problems = List.copyOf(problems);
    }

    /** Errors in the settings files as they are on disk now, which a reload or the next start would meet. */
    public FileErrors settingsErrors() {
        return server.map(ServerFacts::configErrors).orElse(atRest);
    }

    /** Who wrote the file at this path, and when, if that was seen. */
    public Optional<FileStamp> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** Whether this file of the instance is there and could not be read. */
    public boolean couldNotRead(ConfigurationFile file) {
        return unreadableFiles.stream().anyMatch(file::isAt);
    }

    /** Where this timeline of its history ended: where the next one forked off. */
    public Optional<Lsn> endOf(int timeline) {
        return history.stream()
                .filter(past -> past.timeline() == timeline)
                .map(TimelineEnd::end)
                .findFirst();
    }

    /** A timeline of the past, and where the next one forked off. */
    public record TimelineEnd(int timeline, Lsn end) {
        public TimelineEnd {
            requireNonNull(end, "end is null");
        }
    }

    public enum ProcessState {
        STOPPED,
        STARTING,
        /** A standby that was started with {@code hot_standby = off}: it runs, and never accepts connections. */
        CLOSED,
        ACCEPTING,
        STOPPING,
        UNKNOWN
    }

    /**
     * A configuration file as it stands on disk.
     *
     * @param linesLeftOut how many there are behind {@code lines} that the agent has not told; above 0, these are not the whole file
     * @param inUse false if the server would not read it
     * @param writtenAt when it took its present place and content
     * @param symbolicLink whether a link stands in its place, through which agents do not write
     */
    public record ConfigFile(
            String path, List<String> lines, int linesLeftOut, boolean inUse, Instant writtenAt, boolean symbolicLink) {
        public ConfigFile {
            requireNonNull(path, "path is null");
            requireNonNull(writtenAt, "writtenAt is null");
            lines = List.copyOf(lines);
        }

        /** Whether all its lines are known. */
        public boolean isWhole() {
            return linesLeftOut == 0;
        }
    }

    /**
     * Who wrote a file, and when.
     *
     * @param path as the server names it
     * @param owner the account on its host: "postgres"
     * @param writtenAt when its text was changed last, by its host's clock
     */
    public record FileStamp(String path, String owner, Instant writtenAt) {
        public FileStamp {
            requireNonNull(path, "path is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(writtenAt, "writtenAt is null");
        }
    }
}
