package io.pgherder.controller.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The controller as a person starts it: a process with its own streams and exit code. */
public final class PgherderCommand {
    private static final long LONGEST_SECONDS = 120;

    private static final InstalledCopy INSTALLED = InstalledCopy.ofTheseTests();

    private final List<String> argv = new ArrayList<>();
    private final Path errors;

    PgherderCommand(TestHome home, List<String> arguments) {
        argv.add(INSTALLED.launcher().toString());
        argv.addAll(arguments);
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

    public Result run() {
        return finish(start(), line -> false);
    }

    /** Kills it without warning as soon as a line of its standard output is of that kind; a run that ends before is returned whole. */
    public Result killAt(Predicate<String> line) {
        return finish(start(), line);
    }

    /** For tests that do something while it runs. */
    public Process start() {
        try {
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
                throw new AssertionError("pgherder did not end: " + argv);
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
