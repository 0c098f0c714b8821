package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.FileFailure;
import io.pgherder.agent.system.SystemProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The postmasters of the agent's own account, as the kernel shows them: a postmaster works in its data directory, and its postmaster.pid
 * there names it.
 */
final class RunningPostmasters {
    /** It has eight short lines. */
    private static final int LARGEST_PID_FILE_BYTES = 1 << 16;

    /** A server changes its command line, and not this name; {@code postmaster} is a link to it, and packages put other words around. */
    private static final Pattern PROGRAM = Pattern.compile(".*(postgres|postmaster).*");

    private static final Pattern NUMBERED_TWICE = Pattern.compile("NSpid:\\s+\\d+\\s+\\d+.*");

    private final Path kernel;

    /** @param kernel where it shows its processes: {@code /proc} */
    RunningPostmasters(Path kernel) {
        this.kernel = kernel;
    }

    /**
     * Where servers of this account work, real paths.
     *
     * @param unseen that the kernel does not tell it of some; one problem for all of them, as a server has many processes
     */
    record Workplaces(Set<Path> places, Optional<AgentProblem> unseen) {}

    /**
     * Of the processes of this account those whose program is PostgreSQL's: whatever else works somewhere is nobody's business. Nor is what runs in a
     * container, whose paths are others, and whose account has the same number by chance. Only the kernel is asked, no file system: it hangs on none.
     *
     * @throws IOException if the kernel does not list its processes
     */
    Workplaces workplaces() throws IOException {
        Object own = Files.getAttribute(kernel.resolve("self"), "unix:uid");
        Set<Path> places = new TreeSet<>();
        SortedMap<String, Exception> closed = new TreeMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(kernel, "[0-9]*")) {
            for (Path process : processes) {
                try {
                    workplace(process, own).ifPresent(places::add);
                } catch (NoSuchFileException ended) {
                    // It works nowhere any more.
                } catch (IOException | InvalidPathException e) {
                    // The kernel has several words for a process that has ended while it is read.
                    if (Files.exists(process, LinkOption.NOFOLLOW_LINKS)) {
                        closed.put(process.getFileName().toString(), e);
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new Workplaces(places, closed.isEmpty() ? Optional.empty() : Optional.of(unseen(closed)));
    }

    private static AgentProblem unseen(SortedMap<String, Exception> closed) {
        return InspectProblem.PROCESSES_UNKNOWN
                .summary(
                        "could not look for all instances: the kernel does not tell where some processes of PostgreSQL work")
                .detail("pid " + String.join(", ", closed.keySet()))
                .detail(String.valueOf(closed.get(closed.firstKey())))
                .hint("whose are they? They run under the agent's account, and perhaps under another group");
    }

    private static Optional<Path> workplace(Path process, Object own) throws IOException {
        return own.equals(Files.getAttribute(process, "unix:uid")) && isServer(process) && !isInContainer(process)
                ? Optional.of(Files.readSymbolicLink(process.resolve("cwd")))
                : Optional.empty();
    }

    private static boolean isServer(Path process) throws IOException {
        String program = Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1);
        return PROGRAM.matcher(program.strip()).matches();
    }

    /** It has another number there, which the kernel tells after the one that it has here. */
    private static boolean isInContainer(Path process) throws IOException {
        return Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1)
                .lines()
                .anyMatch(line -> NUMBERED_TWICE.matcher(line).matches());
    }

    /**
     * The postmaster of this directory; empty if none runs there. Touches the directory.
     *
     * @throws OperationFailed if that cannot be told: the directory is closed, or whose its postmaster.pid is
     */
    static Optional<PostmasterPid> in(Path directory) {
        boolean isInstance = file(directory.resolve("PG_VERSION")).isPresent();
        boolean mayRun = isInstance
                && file(directory.resolve("postmaster.pid"))
                        .filter(pidFile -> pidFile.size() <= LARGEST_PID_FILE_BYTES)
                        .isPresent();
        return mayRun ? PostmasterPid.live(directory).filter(server -> server.pid() > 0) : Optional.empty();
    }

    private static Optional<BasicFileAttributes> file(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class))
                    .filter(BasicFileAttributes::isRegularFile);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not look at " + file), e)
                    .failure(e);
        }
    }
}
