package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.HostBoot;
import io.pgherder.agent.system.InstanceFiles;
import io.pgherder.agent.system.ProcessIdentity;
import io.pgherder.agent.system.ProcessTree;
import io.pgherder.agent.system.PropertyText;
import io.pgherder.agent.system.StateDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

import static java.util.Objects.requireNonNull;

/**
 * What is in flight, on disk: one small file for each running operation, gone when it ends. An agent that starts settles what it finds:
 * it ends the programs that the operation left behind, and removes or completes what was half made. Servers are never registered here,
 * so that they are never ended.
 */
public final class OperationJournal {
    private static final Logger LOG = Logger.getLogger(OperationJournal.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String SUFFIX = ".properties";

    private final StateDirectory state;
    private final Clock clock;

    public OperationJournal(StateDirectory state, Clock clock) {
        this.state = requireNonNull(state, "state is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * An operation that was in flight when the agent ended.
     *
     * @param certain whether the host has not started anew since: otherwise it may have ended before, see {@link #end}
     */
    public record Interrupted(String id, String verb, String node, Instant since, boolean certain) {
        AgentProblem problem() {
            AgentProblem problem = OperationProblem.INTERRUPTED
                    .summary(OperationWords.of(verb, node) + " " + end() + ": its agent ended")
                    .detail("it began at " + since)
                    .hint("run the same command again: it continues where this left off");
            return certain
                    ? problem
                    : problem.detail("after a crash of its host the note of an operation that had ended can come back");
        }

        private String end() {
            return certain ? "was interrupted" : "may have been interrupted";
        }
    }

    /** Notes that the operation begins; before it touches anything. */
    void begin(String id, Operation operation, Instant since) {
        write(id, operation, since, Optional.empty());
    }

    /** Notes a program that has to end with the operation. */
    void child(String id, Operation operation, Instant since, ProcessIdentity process) {
        write(id, operation, since, Optional.of(process));
    }

    /**
     * Notes that the operation has ended. A crash of the host may bring the entry back: then its directories are found settled, and the
     * operation is told as one that may have been interrupted although it had ended; the next run finds what it did.
     */
    void end(String id) {
        file(id).delete();
    }

    /** What an earlier agent left in flight. Nothing of it is touched yet. */
    List<Left> left() {
        List<Left> left = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(state.operations(), "*" + SUFFIX)) {
            for (Path entry : entries) {
                left(entry).ifPresent(left::add);
            }
        } catch (IOException e) {
            throw OperationProblem.DEFECT
                    .summary("could not read the journal in " + state.operations())
                    .detail(String.valueOf(e))
                    .failure(e);
        }
        return left;
    }

    /** Half made directories, also those of which the journal says nothing: a crash of the host may have taken the entry and left them. */
    List<DataDirectory> unfinished() {
        return state.instanceFiles().stream()
                .flatMap(files -> unfinished(files).stream())
                .toList();
    }

    private static Optional<DataDirectory> unfinished(InstanceFiles files) {
        try {
            return DataDirectory.unfinished(files);
        } catch (OperationFailed e) {
            // Whoever looks at that instance is told.
            LOG.log(Level.WARNING, "could not settle " + files.mark().path(), e);
            return Optional.empty();
        }
    }

    /**
     * An entry of the journal whose agent has ended.
     *
     * @param child the program that it left behind
     */
    record Left(Interrupted interrupted, AtomicFile entry, Properties written, Optional<ProcessIdentity> child) {
        /** Of the instance that it was about. */
        Path dataDir() {
            return Path.of(written.getProperty("data_dir", ""));
        }
    }

    private Optional<Left> left(Path entry) {
        try {
            AtomicFile file = AtomicFile.unsynced(entry);
            Properties written = properties(file);
            String name = String.valueOf(entry.getFileName());
            Interrupted interrupted = new Interrupted(
                    name.substring(0, name.length() - SUFFIX.length()),
                    written.getProperty("verb", ""),
                    written.getProperty("node", "an instance"),
                    Instant.ofEpochMilli(Long.parseLong(written.getProperty("since_ms", "" + clock.millis()))),
                    HostBoot.id()
                            .filter(written.getProperty("boot_id", "")::equals)
                            .isPresent());
            return Optional.of(new Left(interrupted, file, written, child(written)));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the journal's entry " + entry + " is damaged, and left alone", e);
            return Optional.empty();
        }
    }

    /** Ends and cleans up what is left of one operation. */
    void settle(Left left) {
        Interrupted interrupted = left.interrupted();
        left.child().ifPresent(process -> {
            if (!ProcessTree.end(process, GRACE)) {
                LOG.warning(() -> "pid " + process.pid() + " of " + interrupted.id() + " does not end");
            }
        });
        settleDirectories(left.written());
        left.entry().delete();
        LOG.info(() -> OperationWords.of(interrupted.verb(), interrupted.node()) + " (" + interrupted.id() + ") "
                + interrupted.end() + ", and settled");
    }

    private void settleDirectories(Properties written) {
        String dataDir = written.getProperty("data_dir", "");
        if (dataDir.isEmpty()) {
            return;
        }
        Path data = Path.of(dataDir);
        Optional<Path> wal = Optional.of(written.getProperty("wal_dir", ""))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
        settle(new DataDirectory(data, wal, state.instance(data)));
    }

    /** Removes what is half made, or completes what was about to be. */
    static void settle(DataDirectory directory) {
        try {
            directory.settle();
        } catch (OperationFailed e) {
            // The next operation on the instance tries again and reports it to whoever can act on it.
            LOG.log(Level.WARNING, "could not settle " + directory.data(), e);
        }
    }

    private static Optional<ProcessIdentity> child(Properties written) {
        String pid = written.getProperty("child_pid", "");
        return pid.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProcessIdentity(
                        Long.parseLong(pid), Long.parseLong(written.getProperty("child_start_ticks", "-1"))));
    }

    private static Properties properties(AtomicFile entry) {
        return PropertyText.parse(entry.read().orElse(""));
    }

    private void write(String id, Operation operation, Instant since, Optional<ProcessIdentity> child) {
        InstancePlace place = operation.place();
        PropertyText text = new PropertyText()
                .put("verb", operation.verb())
                .put("node", place.node())
                .put("data_dir", place.dataDir().toString())
                .put("wal_dir", place.walDir().map(Path::toString).orElse(""))
                .put("since_ms", Long.toString(since.toEpochMilli()))
                .put("boot_id", HostBoot.id().orElse(""));
        child.ifPresent(process -> text.put("child_pid", Long.toString(process.pid()))
                .put("child_start_ticks", Long.toString(process.startTicks())));
        file(id).write(text.toString());
    }

    private AtomicFile file(String id) {
        return AtomicFile.unsynced(state.operations().resolve(id + SUFFIX));
    }
}
