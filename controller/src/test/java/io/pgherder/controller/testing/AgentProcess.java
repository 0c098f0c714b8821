package io.pgherder.controller.testing;

import io.pgherder.controller.certificate.CertificateAuthority;
import io.pgherder.controller.certificate.PemFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real agent: a JVM of its own, at an address of its own, under the ordinary account. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int CONNECT_TIMEOUT_MS = 500;
    private static final InstalledCopy INSTALLED = InstalledCopy.ofTheseTests();

    private final TestHome home;
    private final String host;
    private final String address;
    private final int port;
    private final List<String> before = new ArrayList<>();
    private Optional<Process> process = Optional.empty();

    AgentProcess(TestHome home, String host, String address, int port) {
        this.home = home;
        this.host = host;
        this.address = address;
        this.port = port;
    }

    public String host() {
        return host;
    }

    public String address() {
        return address;
    }

    public int port() {
        return port;
    }

    public String endpoint() {
        return address + ":" + port;
    }

    private Path directory() {
        return home.path("agents").resolve(host);
    }

    Path tls() {
        return directory().resolve("tls");
    }

    public Path state() {
        return directory().resolve("state");
    }

    /** Makes its directories and configuration, with certificates of this authority. */
    AgentProcess prepare(CertificateAuthority authority) {
        try {
            Files.createDirectories(directory());
            Path tls = Files.createDirectories(tls());
            PemFiles.write(tls, "agent", authority.issueAgent(host, List.of(address), Instant.now()));
            PemFiles.writeCertificate(tls.resolve("ca.crt"), authority.certificate());
            Files.writeString(directory().resolve("agent.properties"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        home.giveToAccount(directory());
        return this;
    }

    private String configuration() {
        return String.join(
                "\n",
                "listen = " + endpoint(),
                "roots = " + home.dataRoot() + ", " + home.walRoot(),
                "state_dir = " + state(),
                "socket_dir = " + home.sockets(),
                "tls_certificate = " + directory().resolve("tls/agent.crt"),
                "tls_key = " + directory().resolve("tls/agent.key"),
                "tls_ca = " + directory().resolve("tls/ca.crt"),
                "");
    }

    /** Puts a program before the agent's own, such as {@code prlimit --fsize=...}; holds from the next start. */
    public AgentProcess startedBy(String... argv) {
        before.clear();
        before.addAll(List.of(argv));
        return this;
    }

    /** Starts it, and does not wait. */
    AgentProcess launch() {
        List<String> argv = new ArrayList<>(before);
        argv.addAll(List.of(
                INSTALLED.launcher().toString(),
                "agent",
                "--config",
                directory().resolve("agent.properties").toString()));
        ProcessBuilder builder = new ProcessBuilder(Shell.asAccount(argv))
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().putAll(INSTALLED.environment());
        try {
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    AgentProcess awaitListening() {
        Process started = process.orElseThrow();
        Eventually.await("the agent of " + host + " listens on " + endpoint(), START, () -> {
            if (!started.isAlive()) {
                throw new AssertionError("the agent of " + host + " ended with " + started.exitValue() + ":\n" + log());
            }
            return isListening();
        });
        return this;
    }

    public AgentProcess start() {
        return launch().awaitListening();
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** kill -9: no chance to tidy up. */
    public void kill() {
        process.ifPresent(agent -> {
            agent.destroyForcibly();
            awaitEnd(agent);
        });
        process = Optional.empty();
    }

    /** SIGTERM: the orderly end. */
    public void stop() {
        askToEnd();
        awaitEnd();
    }

    /** The same, not waited for. */
    public void askToEnd() {
        process.ifPresent(Process::destroy);
    }

    public boolean isAlive() {
        return process.filter(Process::isAlive).isPresent();
    }

    public void awaitEnd() {
        process.ifPresent(AgentProcess::awaitEnd);
        process = Optional.empty();
    }

    public void restart() {
        stop();
        start();
    }

    /** SIGSTOP: it is there and does not answer. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Shell.capture(
                List.of("kill", "-" + name, Long.toString(process.orElseThrow().pid())), Map.of());
    }

    private static void awaitEnd(Process agent) {
        try {
            if (!agent.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the agent does not end: pid " + agent.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What its journal says of the operations in flight, line by line. */
    public List<String> journal() {
        return Shell.capture(
                        List.of(
                                "sh",
                                "-c",
                                "cat \"$0\"/*.properties",
                                operations().toString()),
                        Map.of())
                .stdout()
                .lines()
                .toList();
    }

    /** Whether the operation runs here, or has run. */
    public boolean hasBegun(String operationId) {
        return Files.exists(operations().resolve(operationId + ".properties"))
                || log().contains("(" + operationId + ")");
    }

    private Path operations() {
        return state().resolve("operations");
    }

    private Path logFile() {
        return home.path("logs").resolve(host + ".log");
    }

    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.filter(Process::isAlive).ifPresent(agent -> {
            resume();
            kill();
        });
    }
}
