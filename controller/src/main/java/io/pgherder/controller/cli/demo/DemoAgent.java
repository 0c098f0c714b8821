package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.problem.ShellCommand;
import io.pgherder.controller.topology.HostSpec;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One agent of the demo: a process of its own, in a session of its own, which outlives the controller. */
final class DemoAgent {
    private static final Duration START = Duration.ofSeconds(30);
    private static final int CONNECT_TIMEOUT_MS = 500;
    private static final int LOG_LINES_SHOWN = 12;

    private final DemoHome home;
    private final Account account;
    private final HostSpec host;
    private Optional<Process> started = Optional.empty();

    DemoAgent(DemoHome home, Account account, HostSpec host) {
        this.home = home;
        this.account = account;
        this.host = host;
    }

    HostSpec host() {
        return host;
    }

    private Path directory() {
        return home.agent(host.name());
    }

    Path config() {
        return directory().resolve("agent.properties");
    }

    private Path log() {
        return directory().resolve("agent.log");
    }

    /**
     * Afterwards its directory holds its configuration, its certificates and a closed directory for its state.
     *
     * @return whether any of it is new, so that a running agent must be started again
     */
    boolean prepare(DemoCertificates certificates) {
        try {
            DemoHome.directory(directory(), "rwxr-xr-x");
            boolean renewed = certificates.agent(host);
            Path state = directory().resolve("state");
            DemoHome.directory(state, "rwx------");
            account.own(state);
            boolean changed =
                    !Files.exists(config()) || !Files.readString(config()).equals(configuration());
            if (changed) {
                Files.writeString(config(), configuration());
            }
            return renewed || changed;
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    private String configuration() {
        return """
                # The agent of %s, written by "pgherder demo".
                listen = %s
                roots = %s, %s
                state_dir = %s
                socket_dir = %s
                tls_certificate = %s
                tls_key = %s
                tls_ca = %s
                """.formatted(
                        host.name(),
                        host.agent(),
                        home.dataRoot(),
                        home.walRoot(),
                        directory().resolve("state"),
                        home.sockets(),
                        directory().resolve("tls/agent.crt"),
                        directory().resolve("tls/agent.key"),
                        directory().resolve("tls/ca.crt"));
    }

    Optional<DemoProcess> process() {
        return DemoProcess.find(config());
    }

    /** Starts it; {@link #awaitListening} says when it can be spoken to. */
    void start(AgentBundle bundle, Map<String, String> environment) {
        HostCommand command = bundle.command(account, config());
        List<String> argv = new ArrayList<>(List.of("setsid"));
        argv.addAll(command.argv());
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(command.environment());
        builder.environment().putAll(environment);
        try {
            started = Optional.of(builder.start());
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    void awaitListening() {
        if (!Await.until(START, () -> isListening() || hasEnded())) {
            throw doesNotStart("it did not listen on " + host.agent() + " within " + START.toSeconds() + " s");
        }
        if (hasEnded()) {
            throw doesNotStart(
                    "it ended with exit code " + started.map(Process::exitValue).orElse(0));
        }
    }

    private boolean hasEnded() {
        return started.filter(process -> !process.isAlive()).isPresent();
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.agentHost(), host.agentPort()), CONNECT_TIMEOUT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private ProblemsException doesNotStart(String fact) {
        return doesNotStart(fact, lastLogLines());
    }

    ProblemsException doesNotStart(String fact, List<String> output) {
        return new ProblemsException(
                Problem.of(DemoProblem.AGENT_DOES_NOT_START, "the agent of " + host.name() + " does not start")
                        .detail(fact)
                        .detail("its log: " + log())
                        .toolOutput(output)
                        .hint("mend what it says, then run this again: " + ShellCommand.pgherder("demo")));
    }

    private List<String> lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
