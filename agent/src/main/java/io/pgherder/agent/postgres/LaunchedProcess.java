package io.pgherder.agent.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The process that pg_ctl has launched, from before it has a postmaster.pid: a child of pg_ctl, then a shell, then the server. All three have the
 * data directory in their command line; the server has nobody who would be told how it ends.
 */
public final class LaunchedProcess {
    private static final Path PROC = Path.of("/proc");

    private LaunchedProcess() {}

    /**
     * Whether a process is on its way to be the server of this data directory, or is it, or that is not known; a program that looks at the directory
     * is taken for one. Looks twice: a process that is just becoming another program has no command line for a moment.
     */
    public static boolean isThere(Path dataDir) {
        return Stream.generate(() -> isSeen(dataDir)).limit(2).anyMatch(seen -> seen);
    }

    private static boolean isSeen(Path dataDir) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            return StreamSupport.stream(processes.spliterator(), false)
                    .flatMap(LaunchedProcess::arguments)
                    .anyMatch(argument -> names(argument, dataDir.toString()));
        } catch (IOException | DirectoryIteratorException unlisted) {
            return true;
        }
    }

    /** As pg_ctl is told it, as it tells the shell, and as that tells the server: another's directory may begin with the same letters. */
    private static boolean names(String argument, String directory) {
        return argument.equals("--pgdata=" + directory)
                || argument.contains("-D \"" + directory + '"')
                || argument.equals(directory);
    }

    /** None of a process that has ended, nor of one of another account that may not be looked at. */
    private static Stream<String> arguments(Path process) {
        try {
            String line = new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
            return List.of(line.split("\0")).stream();
        } catch (IOException goneOrClosed) {
            return Stream.empty();
        }
    }
}
