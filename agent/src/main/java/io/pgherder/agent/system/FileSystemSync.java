package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /** Has nothing to write: a trial costs no disk anything. */
    private static final Path NO_DISK = Path.of("/proc");

    private final CommandRunner runner;
    private final Function<Path, Optional<?>> trustedFileSystem;
    private final AtomicLong failures = new AtomicLong();

    /**
     * @param trustedFileSystem the file system of a directory, equal for all directories in it; if that would say what could not be
     *     written
     */
    public FileSystemSync(CommandRunner runner, Function<Path, Optional<?>> trustedFileSystem) {
        this.runner = runner;
        this.trustedFileSystem = trustedFileSystem;
    }

    public static FileSystemSync ofThisHost(CommandRunner runner) {
        boolean reports = reports(System.getProperty("os.name"), System.getProperty("os.version"));
        return new FileSystemSync(
                runner,
                directory -> reports
                        ? storeOf(directory).filter(store -> TRUSTED.contains(store.type()))
                        : Optional.empty());
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

    private static Optional<FileStore> storeOf(Path directory) {
        try {
            return Optional.of(Files.getFileStore(directory));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Begins to answer for what will be written to these directories, which exist.
     *
     * @return whether it can: if not, whoever writes has to bring it to disk, file by file
     */
    public Promise promise(List<Path> directories, CommandListener listener, Cancellation cancellation) {
        long failuresBefore = failures.get();
        Map<Object, Path> oneOfEach = new LinkedHashMap<>();
        for (Path directory : directories) {
            Optional<?> fileSystem = trustedFileSystem.apply(directory);
            if (fileSystem.isEmpty()) {
                return new Promise(List.of(), failuresBefore);
            }
            oneOfEach.putIfAbsent(fileSystem.get(), directory);
        }
        return new Promise(programWorks(listener, cancellation) ? oneOfEach.values() : List.of(), failuresBefore);
    }

    /** There may be no such program, one that knows no single file systems, or one that may not. */
    private boolean programWorks(CommandListener listener, Cancellation cancellation) {
        try {
            return runner.run(command(List.of(NO_DISK)), listener, cancellation).succeeded();
        } catch (OperationFailed noProgram) {
            return false;
        }
    }

    private static Command command(List<Path> directories) {
        return Command.of(Path.of("sync"), "-f")
                .with(directories.stream().map(Path::toString).toArray(String[]::new))
                .within(TIMEOUT);
    }

    /** That what is written to some directories will be on disk. */
    public final class Promise {
        /** One in each file system; none if the promise is not ours. */
        private final List<Path> directories;

        private final long failuresBefore;

        private Promise(Collection<Path> directories, long failuresBefore) {
            this.directories = List.copyOf(directories);
            this.failuresBefore = failuresBefore;
        }

        /** Whether {@link #keep} will do it; else whoever writes has to. */
        public boolean isOurs() {
            return !directories.isEmpty();
        }

        /**
         * Afterwards it is on disk, unless it is not ours. A file system says once, to whoever asks first, that something could
         * not be written, and not what nor when: whoever may have missed that asks file by file, which only its own errors
         * answer.
         *
         * @param fileByFile brings all that was written to disk
         * @throws OperationFailed if it could not be brought there
         */
        public void keep(CommandListener listener, Cancellation cancellation, Supplier<CommandResult> fileByFile) {
            if (!isOurs()) {
                return;
            }
            if (!runner.run(command(directories), listener, cancellation).succeeded()) {
                failures.incrementAndGet();
            }
            if (failures.get() == failuresBefore) {
                return;
            }
            CommandResult result = fileByFile.get();
            if (!result.succeeded()) {
                throw SystemProblem.NOT_ON_DISK
                        .summary("could not bring to disk what was written to "
                                + directories.stream().map(Path::toString).collect(Collectors.joining(" and ")))
                        .detail("sync -f failed, and so did file by file, with exit code " + result.exitCode())
                        .hint("what does the host's kernel log say of that disk?")
                        .toolOutput(result.lastErrorLines())
                        .failure();
            }
        }
    }
}
