package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.problem.ProgramName;
import io.pgherder.controller.problem.ShellCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The agent as it runs on a host of its own: the launcher, the agent's jar and, if there is one, the list of classes to archive, in one
 * directory that every account can read. Running agents keep theirs whatever becomes of the checkout.
 */
record AgentBundle(Path directory) {
    private static final String JAR = "pgherder-agent-all.jar";
    private static final String CLASSES = "pgherder-agent-all.classes";

    /** The launcher that started this process. */
    static Path launcher() {
        return ProgramName.launcher()
                .orElseThrow(() -> new ProblemsException(Problem.of(
                                DemoProblem.NO_LAUNCHER, "the demo needs the launcher, which it copies for its agents")
                        .hint("run the launcher instead of the jar: "
                                + ProgramName.ofTheLauncher()
                                        .map(name -> ShellCommand.of(name, "demo"))
                                        .orElse("it is the file pgherder of a checkout"))));
    }

    Path jar() {
        return directory.resolve(JAR);
    }

    private static Path builtJar(Path launcher) {
        Path installed = launcher.resolveSibling(JAR);
        return Files.exists(installed) ? installed : launcher.resolveSibling("agent/target/" + JAR);
    }

    /** @return whether anything changed, so that running agents are no longer the newest */
    boolean install(Path launcher) throws IOException {
        Path jar = builtJar(launcher);
        boolean changed = copy(launcher, directory.resolve("pgherder"));
        changed |= copy(jar, jar());
        Path classes = jar.resolveSibling(CLASSES);
        if (Files.exists(classes)) {
            copy(classes, directory.resolve(CLASSES));
        }
        return changed;
    }

    private static boolean copy(Path from, Path to) throws IOException {
        // Milliseconds: a copied time is not exact beyond microseconds.
        if (Files.exists(to)
                && Files.size(from) == Files.size(to)
                && Files.getLastModifiedTime(from).toMillis()
                        == Files.getLastModifiedTime(to).toMillis()) {
            return false;
        }
        Path draft = to.resolveSibling("." + to.getFileName() + ".draft");
        Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** {@code pgherder agent ...}, which drops root by itself. */
    HostCommand command(Account account, Path config, String... more) {
        List<String> argv = new ArrayList<>(
                List.of(directory.resolve("pgherder").toString(), "agent", "--config", config.toString()));
        argv.addAll(List.of(more));
        return new HostCommand(
                argv, Map.of("JAVA_HOME", System.getProperty("java.home"), "PGHERDER_AGENT_ACCOUNT", account.name()));
    }
}
