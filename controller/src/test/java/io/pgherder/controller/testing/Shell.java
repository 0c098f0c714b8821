package io.pgherder.controller.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs run by tests, under the ordinary account that agents and instances run under. */
public final class Shell {
    /** Whoever runs the tests; for root, who may not start PostgreSQL, {@code postgres}. */
    public static final String ACCOUNT = isRoot() ? "postgres" : System.getProperty("user.name");

    private Shell() {}

    public static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public record Result(int exitCode, String stdout, String stderr) {}

    static List<String> asAccount(List<String> argv) {
        if (!isRoot()) {
            return argv;
        }
        List<String> dropped =
                new ArrayList<>(List.of("setpriv", "--reuid=" + ACCOUNT, "--regid=" + ACCOUNT, "--init-groups", "--"));
        dropped.addAll(argv);
        return dropped;
    }

    /** Makes a file, or a directory with all in it, the account's own, where that is another one. */
    static void giveToAccount(Path path) {
        if (isRoot()) {
            capture(List.of("chown", "-R", ACCOUNT + ":" + ACCOUNT, path.toString()), Map.of());
        }
    }

    /** A directory with all in it, whoever it belongs to. */
    static void remove(Path directory) {
        capture(List.of("rm", "-rf", "--one-file-system", "--", directory.toString()), Map.of());
    }

    /** Runs it under the account and fails the test if it fails. */
    public static String run(String... argv) {
        return succeed(asAccount(List.of(argv)));
    }

    /** Runs it as whoever runs the tests, and fails the test if it fails. */
    public static String runAsTests(String... argv) {
        return succeed(List.of(argv));
    }

    /** The checkout's own launcher, as a person types it. */
    public static Result pgherder(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(Built.launcher().toString()));
        argv.addAll(List.of(arguments));
        return capture(argv, Map.of());
    }

    /** The same, not waited for. */
    public static Process startPgherder(Path output, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(Built.launcher().toString()));
        argv.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(argv)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the programs of a directory before all others. */
    public static Result runWithFirst(Path programs, String... argv) {
        return capture(List.of(argv), Map.of("PATH", programs + ":" + System.getenv("PATH")));
    }

    private static String succeed(List<String> argv) {
        Result result = capture(argv, Map.of());
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", argv) + " failed: " + result.stderr() + result.stdout());
        }
        return result.stdout().strip();
    }

    /** Runs it as whoever runs the tests. */
    static Result capture(List<String> argv, Map<String, String> environment) {
        try {
            Path errors = Files.createTempFile("pgherder-it", ".stderr");
            try {
                ProcessBuilder builder = new ProcessBuilder(argv)
                        .redirectInput(new File("/dev/null"))
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), stdout, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
