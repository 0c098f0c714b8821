package io.pgherder.agent.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Brings to disk all that was written to the file systems of some directories: one syncfs each, where the fsync of each of an instance's
 * thousand files would take several times as long.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syncfs.2.html">syncfs(2)</a>
 * @see <a href="https://www.postgresql.org/docs/17/app-pgbasebackup.html">pg_basebackup --sync-method=syncfs, its like</a>
 */
public record FileSystemSync(CommandRunner runner) {
    /** Others may have written much to the same file system. */
    private static final Duration TIMEOUT = Duration.ofHours(2);

    private static final Pattern LINUX_VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    public FileSystemSync {
        requireNonNull(runner, "runner is null");
    }

    /** Whether this host can do it, and would say so if something could not be written. */
    public static boolean isReliable() {
        return isReliable(System.getProperty("os.name"), System.getProperty("os.version"))
                && program().filter(Files::isExecutable).findFirst().isPresent();
    }

    /** Before Linux 5.8 syncfs succeeds also where writing failed. */
    static boolean isReliable(String system, String version) {
        Matcher linux = LINUX_VERSION.matcher(version);
        if (!system.equals("Linux") || !linux.matches()) {
            return false;
        }
        int major = Integer.parseInt(linux.group(1));
        return major > 5 || (major == 5 && Integer.parseInt(linux.group(2)) >= 8);
    }

    private static Stream<Path> program() {
        return Stream.of("/usr/bin/sync", "/bin/sync").map(Path::of);
    }

    /** @throws io.pgherder.agent.problem.OperationFailed if it could not be done */
    public void run(List<Path> directories, CommandListener listener, Cancellation cancellation) {
        Path program = program().filter(Files::isExecutable).findFirst().orElse(Path.of("sync"));
        Command command = Command.of(program, "--file-system")
                .with(directories.stream().map(Path::toString).toArray(String[]::new))
                .within(TIMEOUT);
        CommandResult result = runner.run(command, listener, cancellation);
        if (!result.succeeded()) {
            throw SystemProblem.NOT_ON_DISK
                    .summary("could not bring to disk what was written below "
                            + directories.get(0).getParent())
                    .detail("sync exited with " + result.exitCode())
                    .hint("what does the host's kernel log say of that disk?")
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
    }
}
