package io.pgherder.agent.postgres;

import io.pgherder.agent.system.FileFailure;
import io.pgherder.agent.system.ProcessIdentity;
import io.pgherder.agent.system.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * The file by which a running server shows itself, {@code postmaster.pid} in its data directory. It may be a leftover: whether its
 * postmaster lives is asked of the kernel.
 *
 * @param pid negative for a single-user server
 * @param port 0 as long as the server has not said
 * @param socketDir empty as long as the server has not said, or if it has no local socket
 * @param status the server's last word: "starting", "stopping", "ready", "standby"; empty as long as it has not said
 */
public record PostmasterPid(long pid, Path dataDir, int port, Optional<Path> socketDir, String status) {
    private static final int PORT_LINE = 3;
    private static final int SOCKET_LINE = 4;
    private static final int STATUS_LINE = 7;

    /** Empty if there is no such file. */
    public static Optional<PostmasterPid> read(Path dataDir) {
        try {
            // It holds paths, which may be in any encoding; strict reading would fail for them.
            String text = new String(RegularFile.read(dataDir.resolve("postmaster.pid")), StandardCharsets.UTF_8);
            return parse(dataDir, text.lines().toList());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileFailure.explain(
                            PostgresProblem.NOT_UNDERSTOOD.summary(
                                    "could not read " + dataDir.resolve("postmaster.pid")),
                            e)
                    .failure(e);
        }
    }

    /**
     * The server of this data directory, if one lives.
     *
     * @throws io.pgherder.agent.problem.OperationFailed also if that cannot be told: a server has this pid, and it cannot be seen where it works
     */
    public static Optional<PostmasterPid> live(Path dataDir) {
        return read(dataDir).filter(PostmasterPid::isLive);
    }

    /** Empty for a file that was just created and has no content yet. */
    static Optional<PostmasterPid> parse(Path dataDir, List<String> lines) {
        if (lines.isEmpty() || lines.get(0).isBlank()) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            String port = line(lines, PORT_LINE);
            return Optional.of(new PostmasterPid(
                    pid,
                    dataDir,
                    port.isEmpty() ? 0 : Integer.parseInt(port),
                    Optional.of(line(lines, SOCKET_LINE))
                            .filter(text -> text.startsWith("/"))
                            .map(Path::of),
                    line(lines, STATUS_LINE)));
        } catch (NumberFormatException e) {
            throw PostgresProblem.NOT_UNDERSTOOD
                    .summary("could not make sense of " + dataDir.resolve("postmaster.pid"))
                    .detail(String.join(" | ", lines))
                    .failure(e);
        }
    }

    /** The postmaster's process, if the pid is that of a live process that works in this very data directory. */
    public Optional<ProcessIdentity> process() {
        return ProcessIdentity.of(Math.abs(pid)).filter(this::worksHere);
    }

    /** The pid of a postmaster that has ended may be another's by now, and of another's process one may not see where it works. */
    private boolean worksHere(ProcessIdentity process) {
        Optional<Path> directory = process.workingDirectory();
        if (directory.isEmpty() && process.program().filter("postgres"::equals).isPresent()) {
            throw unclear("a server of another account has its pid, and cannot be looked at");
        }
        try {
            return directory.isPresent() && Files.isSameFile(directory.get(), dataDir);
        } catch (NoSuchFileException removed) {
            return false;
        } catch (IOException e) {
            throw unclear(String.valueOf(e.getMessage()));
        }
    }

    private RuntimeException unclear(String why) {
        return PostgresProblem.NOT_UNDERSTOOD
                .summary("could not tell whether the server of " + dataDir + " runs")
                .detail("pid " + pid + ": " + why)
                .hint("whose process is it? If it is not the server of " + dataDir + ", remove postmaster.pid there")
                .failure();
    }

    public boolean isLive() {
        return process().isPresent();
    }

    /** Whether it has said where it is: before that it takes no signal but the one that kills it. */
    public boolean hasBegun() {
        return !status.isEmpty();
    }

    /**
     * Whether it has its libraries, its addresses and its memory: then it writes postmaster.opts, and what postmaster.pid says of them it has
     * written before. Where that cannot be seen it is taken for one that has them.
     */
    public boolean isLoaded() {
        if (hasBegun()) {
            return true;
        }
        try {
            FileTime own = Files.getLastModifiedTime(dataDir.resolve("postmaster.pid"));
            return Files.getLastModifiedTime(dataDir.resolve("postmaster.opts")).compareTo(own) >= 0;
        } catch (NoSuchFileException noneSoFar) {
            return !Files.exists(dataDir.resolve("postmaster.pid"));
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether it takes connections, as a primary or a hot standby. */
    public boolean isAccepting() {
        return status.equals("ready");
    }

    /** Whether it has been told to end, and does. */
    public boolean isStopping() {
        return status.equals("stopping");
    }

    /** Whether it recovers and takes no connections as long as it does: its server says so only if it has {@code hot_standby = off}. */
    public boolean isClosedStandby() {
        return status.equals("standby");
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }
}
