package io.pgherder.controller.testing;

import io.pgherder.controller.testing.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    public Path launcher() {
        return directory.resolve("pgherder");
    }

    public Path controllerJar() {
        return directory.resolve("pgherder-all.jar");
    }

    /** @param javaOption a further option for the JVM, without spaces; may be empty */
    public Result run(Path launcher, String javaOption, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(launcher.toString()));
        argv.addAll(List.of(arguments));
        return Shell.capture(
                argv, Map.of("PGHERDER_JAVA_OPTS", javaOption, "JAVA_HOME", System.getProperty("java.home")));
    }
}
