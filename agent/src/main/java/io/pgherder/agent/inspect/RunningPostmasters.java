package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The postmasters of the agent's own account, as the kernel shows them: a postmaster works in its data directory, and its postmaster.pid
 * there names it.
 */
final class RunningPostmasters {
    private static final Path PROC = Path.of("/proc");

    /** It has eight short lines. */
    private static final int LARGEST_PID_FILE_BYTES = 1 << 16;

    private RunningPostmasters() {}

    /**
     * Where the processes of this account work, real paths. Only the kernel is asked, no file system: it hangs on none.
     *
     * @throws IOException if the kernel does not list its processes
     */
    static Set<Path> workplaces() throws IOException {
        Object own = Files.getAttribute(PROC.resolve("self"), "unix:uid");
        Set<Path> workplaces = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            processes.forEach(process -> workplace(process, own).ifPresent(workplaces::add));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return workplaces;
    }

    private static Optional<Path> workplace(Path process, Object own) {
        try {
            return own.equals(Files.getAttribute(process, "unix:uid"))
                    ? Optional.of(Files.readSymbolicLink(process.resolve("cwd")))
                    : Optional.empty();
        } catch (IOException | InvalidPathException goneOrClosedOrNotToBeNamed) {
            return Optional.empty();
        }
    }

    /** The postmaster of this directory; empty if none runs there. Touches the directory. */
    static Optional<PostmasterPid> in(Path directory) {
        Path pidFile = directory.resolve("postmaster.pid");
        try {
            return Files.isRegularFile(directory.resolve("PG_VERSION"))
                            && Files.isRegularFile(pidFile)
                            && Files.size(pidFile) <= LARGEST_PID_FILE_BYTES
                    ? PostmasterPid.live(directory).filter(server -> server.pid() > 0)
                    : Optional.empty();
        } catch (IOException | OperationFailed goneOrNoneOfOurs) {
            return Optional.empty();
        }
    }
}
