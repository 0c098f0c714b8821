package io.pgherder.controller.testing;

import io.pgherder.controller.testing.Shell.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The launcher with the two jars beside it: pgherder as it is installed, without a checkout. */
public record InstalledCopy(Path directory) {
    public static InstalledCopy in(Path directory) throws IOException {
        Files.createDirectories(directory);
        InstalledCopy copy = new InstalledCopy(directory);
        Files.copy(Built.launcher(), copy.launcher());
        Files.copy(Built.controllerJar(), copy.controllerJar());
        Files.copy(Built.agentJar(), directory.resolve("pgherder-agent-all.jar"));
        for (Path at = directory; at != null && !at.equals(at.getRoot()); at = at.getParent()) {
            letOthersIn(at);
        }
        return copy;
    }

    /** The ordinary account must be able to reach the agent's jar. */
    private static void letOthersIn(Path at) {
        if (at.startsWith(System.getProperty("java.io.tmpdir"))) {
            Shell.capture(List.of("chmod", "o+rx", at.toString()), Map.of());
        }
    }

    /** The one whose controllers and agents all tests of this JVM run, with class-data archives for both; removed when the JVM ends. */
    static InstalledCopy ofTheseTests() {
        return OfTheseTests.COPY;
    }

    private static final class OfTheseTests {
        private static final InstalledCopy COPY = make();

        private static InstalledCopy make() {
            try {
                // Outside the checkout, which the ordinary account may not be able to read.
                Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "pgherder-it-installed");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Shell.remove(directory), "remove " + directory));
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
                InstalledCopy copy = in(directory);
                Shell.giveToAccount(directory);
                for (List<String> start : List.of(List.of("--version"), List.of("agent", "--version"))) {
                    Result started = copy.run(copy.launcher(), "", start.toArray(String[]::new));
                    if (started.exitCode() != 0) {
                        throw new AssertionError(copy.launcher() + " does not start: " + started);
                    }
                }
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public Path launcher() {
        return directory.resolve("pgherder");
    }

    public Path controllerJar() {
        return directory.resolve("pgherder-all.jar");
    }

    /** In which the launcher takes the Java of the tests, and a shell finds it by its bare name. */
    Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", directory + ":" + System.getenv("PATH"));
    }

    /** @param javaOption a further option for the JVM, without spaces; may be empty */
    public Result run(Path launcher, String javaOption, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(launcher.toString()));
        argv.addAll(List.of(arguments));
        return Shell.capture(
                argv, Map.of("PGHERDER_JAVA_OPTS", javaOption, "JAVA_HOME", System.getProperty("java.home")));
    }
}
