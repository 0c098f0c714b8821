package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings to disk all that was written to the file systems of some directories: one syncfs each, where the fsync of each of an instance's
 * thousand files would take several times as long. One for all operations of an agent: what one sync is told of a file system, no later
 * one hears again.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syncfs.2.html">syncfs(2)</a>
 * @see <a href="https://www.postgresql.org/docs/17/app-pgbasebackup.html">pg_basebackup --sync-method=syncfs, its like</a>
 */
public final class FileSystemSync {
    /** Others may have written much to the same file system. */
    private static final Duration TIMEOUT = Duration.ofHours(2);

    private static final Pattern LINUX_VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** Those of which it is known that syncfs reaches the disk and reports what did not. */
    private static final Set<String> TRUSTED = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs");

    private final CommandRunner runner;
    private final Predicate<Path> trusted;
    private final AtomicLong failures = new AtomicLong();

    /** @param trusted whether the file system of a directory would say what could not be written */
    public FileSystemSync(CommandRunner runner, Predicate<Path> trusted) {
        this.runner = runner;
        this.trusted = trusted;
    }

    public static FileSystemSync ofThisHost(CommandRunner runner) {
        boolean reports = reports(System.getProperty("os.name"), System.getProperty("os.version"));
        return new FileSystemSync(runner, directory -> reports && TRUSTED.contains(typeOf(directory)));
    }

    /** Before Linux 5.8 syncfs succeeds also where writing failed. */
    static boolean reports(String system, String version) {
        Matcher linux = LINUX_VERSION.matcher(version);
        if (!system.equals("Linux") || !linux.matches()) {
            return false;
        }
        int major = Integer.parseInt(linux.group(1));
        return major > 5 || (major == 5 && Integer.parseInt(linux.group(2)) >= 8);
    }

    private static String typeOf(Path directory) {
        try {
            return Files.getFileStore(directory).type();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /**
     * Begins to answer for what will be written to these directories, which exist.
     *
     * @return whether it can: if not, whoever writes has to bring it to disk, file by file
     */
    public Promise promise(List<Path> directories, CommandListener listener, Cancellation cancellation) {
        long failuresBefore = failures.get();
        boolean works = directories.stream().allMatch(trusted) && tries(directories, listener, cancellation);
        return new Promise(directories, works, failuresBefore);
    }

    /** There may be no such program, one that knows no single file systems, or one that may not. */
    private boolean tries(List<Path> directories, CommandListener listener, Cancellation cancellation) {
        try {
            return sync(directories, listener, cancellation).succeeded();
        } catch (OperationFailed noProgram) {
            return false;
        }
    }

    /** Whatever it fails for, it may have been told of what another operation wrote. */
    private CommandResult sync(List<Path> directories, CommandListener listener, Cancellation cancellation) {
        CommandResult result = runner.run(command(directories), listener, cancellation);
        if (!result.succeeded()) {
            failures.incrementAndGet();
        }
        return result;
    }

    private static Command command(List<Path> directories) {
        return Command.of(Path.of("sync"), "-f")
                .with(directories.stream().map(Path::toString).toArray(String[]::new))
                .within(TIMEOUT);
    }

    /** That what is written to some directories will be on disk. */
    public final class Promise {
        private final List<Path> directories;
        private final boolean isOurs;
        private final long failuresBefore;

        private Promise(List<Path> directories, boolean isOurs, long failuresBefore) {
            this.directories = List.copyOf(directories);
            this.isOurs = isOurs;
            this.failuresBefore = failuresBefore;
        }

        /** Whether {@link #keep} will do it; else whoever writes has to. */
        public boolean isOurs() {
            return isOurs;
        }

        /**
         * Afterwards it is on disk, unless it is not ours.
         *
         * @throws OperationFailed if it could not be brought there; or another's could not since the promise was
         *     made: the file system tells that once, to whoever asks first, and not whose it was
         */
        public void keep(CommandListener listener, Cancellation cancellation) {
            if (!isOurs) {
                return;
            }
            CommandResult result = sync(directories, listener, cancellation);
            if (failures.get() != failuresBefore) {
                throw SystemProblem.NOT_ON_DISK
                        .summary("could not bring to disk what was written below "
                                + directories.get(0).getParent())
                        .detail(
                                result.succeeded()
                                        ? "what another operation wrote could not be, and nobody can tell whose it was"
                                        : "sync -f exited with " + result.exitCode())
                        .hint("what does the host's kernel log say of that disk?")
                        .toolOutput(result.lastErrorLines())
                        .failure();
            }
        }
    }
}
