package io.pgherder.controller.testing;

import io.pgherder.controller.agentclient.GrpcAgentsConnector;
import io.pgherder.controller.cli.Pgherder;
import io.pgherder.controller.cli.Surroundings;
import io.pgherder.controller.cli.Terminals;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The controller as a person runs it, with its own streams and exit code: in this JVM where just its words and deeds matter, and as a process
 * of its own where it is killed, stopped or started beside another, or where the start is what matters.
 */
public final class PgherderCommand {
    private static final long LONGEST_SECONDS = 120;

    private static final InstalledCopy INSTALLED = InstalledCopy.ofTheseTests();

    private final List<String> arguments;
    private final Path errors;

    PgherderCommand(TestHome home, List<String> arguments) {
        this.arguments = List.copyOf(arguments);
        errors = home.path("stderr-" + System.nanoTime());
    }

    /** What a person and a script see of a finished command. */
    public record Result(int exitCode, String stdout, String stderr) {
        /** Both streams, for assertions that do not care which one. */
        @Override
        public String toString() {
            return "exit code " + exitCode + "\n--- stdout\n" + stdout + "\n--- stderr\n" + stderr;
        }
    }

    /** In this JVM: a start of Java takes more of the processor than most commands do. */
    public Result run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                Terminals.NONE,
                System.getenv(),
                Clock.systemUTC(),
                new GrpcAgentsConnector(),
                stop -> {});
        FutureTask<Integer> run = new FutureTask<>(() -> Pgherder.run(surroundings, arguments.toArray(String[]::new)));
        Thread thread = new Thread(run, "pgherder " + arguments.get(0));
        thread.setDaemon(true);
        thread.start();
        try {
            return new Result(run.get(LONGEST_SECONDS, TimeUnit.SECONDS), out.toString(UTF_8), err.toString(UTF_8));
        } catch (TimeoutException | ExecutionException e) {
            thread.interrupt();
            throw new AssertionError(
                    "pgherder did not end: " + arguments + "\n--- stdout\n" + out.toString(UTF_8) + "\n--- stderr\n"
                            + err.toString(UTF_8),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a process of its own, started by its launcher. */
    public Result runAsProcess() {
        return finish(start(), line -> false);
    }

    /** Kills it without warning as soon as a line of its standard output is of that kind; a run that ends before is returned whole. */
    public Result killAt(Predicate<String> line) {
        return finish(start(), line);
    }

    /** For tests that do something while it runs. */
    public Process start() {
        try {
            List<String> argv = new ArrayList<>(List.of(INSTALLED.launcher().toString()));
            argv.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(argv)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(errors.toFile());
            builder.environment().putAll(INSTALLED.environment());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written to standard error by now. */
    public String errorsSoFar() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Result finish(Process process) {
        return finish(process, line -> false);
    }

    private Result finish(Process process, Predicate<String> killAt) {
        StringBuilder stdout = new StringBuilder();
        try (BufferedReader output = process.inputReader()) {
            for (Optional<String> line = next(output); line.isPresent(); line = next(output)) {
                stdout.append(line.get()).append('\n');
                if (killAt.test(line.get())) {
                    process.toHandle().destroyForcibly(); // the process itself would take its output with it
                }
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("pgherder did not end: " + arguments);
            }
            return new Result(process.exitValue(), stdout.toString(), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> next(BufferedReader output) throws IOException {
        return Optional.ofNullable(output.readLine());
    }
}
