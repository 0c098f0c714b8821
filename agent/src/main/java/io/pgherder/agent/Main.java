package io.pgherder.agent;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.tls.TlsIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code pgherder-agent --config FILE}: runs until it is told to end by SIGTERM. {@code --check} only says whether the configuration is
 * good, {@code --version} which version this is. Exit codes: 0 good, 1 could not start, 2 wrong usage or configuration.
 */
public final class Main {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String HELP = """
            Usage: pgherder-agent --config FILE [--check]
                   pgherder-agent --version
            """;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        CompactLog.keepUntilTheEnd();
        SmallFootprint.arrange();
        int exitCode = new Main(System.out, System.err).run(List.of(args));
        if (exitCode != OK) {
            System.exit(exitCode);
        }
    }

    int run(List<String> arguments) {
        if (arguments.equals(List.of("--version"))) {
            out.println("pgherder agent " + version());
            return OK;
        }
        boolean check = arguments.contains("--check");
        List<String> rest = new ArrayList<>(arguments);
        rest.remove("--check");
        if (rest.size() != 2 || !rest.get(0).equals("--config")) {
            err.print(HELP);
            return USAGE;
        }
        return configured(Path.of(rest.get(1)), check);
    }

    private int configured(Path file, boolean check) {
        AgentConfigReader reader = new AgentConfigReader();
        Optional<AgentConfig> config = reader.read(file);
        List<AgentProblem> problems = new ArrayList<>(reader.problems());
        Optional<TlsIdentity> identity =
                reader.tls().flatMap(files -> TlsIdentity.read(files, Instant.now(), problems));
        refuseRoot().ifPresent(problems::add);
        if (!problems.isEmpty() || config.isEmpty() || identity.isEmpty()) {
            problems.forEach(problem -> ProblemText.print(problem, err));
            return USAGE;
        }
        if (check) {
            out.println(file + " is good");
            return OK;
        }
        return serve(config.get(), identity.get());
    }

    private int serve(AgentConfig config, TlsIdentity identity) {
        CompactLog.install(config.logLevel());
        try {
            Agent agent = Agent.start(config, identity, version());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(agent), "end"));
            agent.awaitEnd();
            return OK;
        } catch (OperationFailed e) {
            ProblemText.print(e.problem(), err);
            return FAILED;
        } catch (IOException e) {
            Logger.getLogger("").log(Level.SEVERE, "could not start", e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OK;
        }
    }

    private static void end(Agent agent) {
        try {
            agent.close();
        } catch (IOException e) {
            Logger.getLogger("").log(Level.WARNING, "could not end cleanly", e);
        }
    }

    /** PostgreSQL refuses to run as root, and an agent that is root could be asked for anything. */
    private static Optional<AgentProblem> refuseRoot() {
        try {
            if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
                return Optional.empty();
            }
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
        return Optional.of(ConfigProblem.STARTED_AS_ROOT
                .summary("refusing to run as root")
                .detail("agents and instances run under the ordinary account that owns PostgreSQL's data")
                .hint("start it under that account: runuser -u postgres -- pgherder agent --config FILE"));
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
