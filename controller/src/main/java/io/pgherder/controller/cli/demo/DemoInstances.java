package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.problem.ShellCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** The instances below the demo's own directory, found on disk: whatever the topology says, these are all that the demo may stop. */
final class DemoInstances {
    private static final int STOP_SECONDS = 60;

    private final DemoHome home;
    private final Account account;

    DemoInstances(DemoHome home, Account account) {
        this.home = home;
        this.account = account;
    }

    List<Path> running() {
        if (!Files.isDirectory(home.dataRoot())) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(home.dataRoot())) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("postmaster.pid")))
                    .filter(this::isRunning)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    private boolean isRunning(Path dataDirectory) {
        return pgCtl(dataDirectory, "status").run().succeeded();
    }

    /** Afterwards none of them runs. All at once: a primary waits for the standbys that still stream. */
    void stop(List<Path> dataDirectories) {
        List<CompletableFuture<Void>> stops = dataDirectories.stream()
                .map(directory -> CompletableFuture.runAsync(() -> stop(directory)))
                .toList();
        awaitAll(stops);
        List<Path> left = running();
        if (!left.isEmpty()) {
            throw doesNotStop(left.get(0), List.of());
        }
    }

    /** What is wrong with one of them is said as it is, when the others have been stopped too. */
    static void awaitAll(List<CompletableFuture<Void>> stops) {
        try {
            CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemsException why) {
                throw why;
            }
            throw e;
        }
    }

    private void stop(Path dataDirectory) {
        HostCommand.Result stopped = pgCtl(
                        dataDirectory, "stop", "--mode=fast", "--silent", "--timeout=" + STOP_SECONDS)
                .run();
        if (!stopped.succeeded() && isRunning(dataDirectory)) {
            throw doesNotStop(dataDirectory, stopped.lastLines());
        }
    }

    private HostCommand pgCtl(Path dataDirectory, String verb, String... options) {
        String program = InstalledPostgres.binDir(majorVersion(dataDirectory))
                .resolve("pg_ctl")
                .toString();
        List<String> argv = Stream.concat(Stream.of(program, verb, "--pgdata=" + dataDirectory), Stream.of(options))
                .toList();
        return HostCommand.of(account.command(argv));
    }

    private int majorVersion(Path dataDirectory) {
        try {
            return Integer.parseInt(
                    Files.readString(dataDirectory.resolve("PG_VERSION")).strip());
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    private static ProblemsException doesNotStop(Path dataDirectory, List<String> output) {
        return new ProblemsException(
                Problem.of(DemoProblem.DOES_NOT_STOP, "the instance in " + dataDirectory + " does not stop")
                        .detail("nothing was removed")
                        .toolOutput(output)
                        .hint("which session keeps it? then run this again: " + ShellCommand.pgherder("demo", "down")));
    }
}
