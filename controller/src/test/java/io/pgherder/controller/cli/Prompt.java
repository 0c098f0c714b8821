package io.pgherder.controller.cli;

import io.pgherder.controller.execution.AgentsConnector;
import io.pgherder.controller.execution.Stop;
import io.pgherder.controller.simulation.TopologyAgents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where a person types: a directory with a topology in it, what pgherder says there, and Ctrl-C. */
final class Prompt {
    /** A primary and a standby. */
    static final String ORDERS = """
            cluster: orders
            primary: pg1
            postgres: { version: 15 }
            replication: { user: rep, password: { file: rep.password } }
            synchronous: { any: 1, of: [pg1, pg2] }
            agents: { tls: tls }
            hosts:
              db1: { address: 10.0.1.11 }
              db2: { address: 10.0.1.12 }
            defaults: { data_dir: "/data01/pg/{node}" }
            nodes:
              pg1: { host: db1, port: 1921 }
              pg2: { host: db2, port: 1922 }
            """;

    /** For commands that must ask nobody. */
    static final TopologyAgents NOBODY = (topology, tls, timeout) -> {
        throw new AssertionError("an agent of " + topology.cluster() + " is asked");
    };

    private final Path directory;
    private final AgentsConnector agents;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> variables = new HashMap<>();
    private final List<Runnable> lastWords = new ArrayList<>();
    private Stop stop = new Stop();
    private Terminals terminals = Terminals.NONE;
    private String typed = "";
    private boolean pressedInTheEnd;
    private boolean pressedEarly;
    private boolean outputIsTaken = true;

    private Prompt(Path directory, AgentsConnector agents) {
        this.directory = directory;
        this.agents = agents;
        variables.put("HOME", directory.toString());
    }

    /** In this directory, which gets {@link #ORDERS} as orders.yaml, and the password that it names. */
    static Prompt in(Path directory, AgentsConnector agents) {
        Prompt prompt = new Prompt(directory, agents);
        prompt.write("orders.yaml", ORDERS);
        try {
            Files.setPosixFilePermissions(
                    Path.of(prompt.write("rep.password", "sesame")), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return prompt;
    }

    /** The path of orders.yaml. */
    String orders() {
        return path("orders.yaml");
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }

    /** Writes a file, and returns its path. */
    String write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void on(Terminals streams) {
        terminals = streams;
    }

    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** What every command from now on finds on its standard input. */
    void type(String text) {
        typed = text;
    }

    /** What the next command finds on its standard input; where more is waited for, Ctrl-C is pressed, and nothing typed ever again. */
    void typeAndThenPressCtrlC(String text) {
        typed = text;
        pressedInTheEnd = true;
    }

    /** Asks the command that runs to stop. */
    void pressCtrlC() {
        stop.ask();
    }

    /** Asks the next command to stop as soon as it can hear it. */
    void pressCtrlCAtOnce() {
        pressedEarly = true;
    }

    /** From now on nothing can be written to standard output. */
    void fillTheDisk() {
        outputIsTaken = false;
    }

    private InputStream input() {
        InputStream text = new ByteArrayInputStream(typed.getBytes(UTF_8));
        return pressedInTheEnd ? new SequenceInputStream(text, new CtrlC()) : text;
    }

    private final class CtrlC extends InputStream {
        @Override
        public int read() throws IOException {
            pressCtrlC();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.getMessage());
            }
            throw new AssertionError("nobody counts down");
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return read();
        }
    }

    private OutputStream results() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                if (!outputIsTaken) {
                    throw new IOException("No space left on device");
                }
                out.write(one);
            }
        };
    }

    /** What the commands so far would have said, had Ctrl-C ended them early. */
    List<Runnable> lastWords() {
        return lastWords;
    }

    /** Runs pgherder and returns its exit code. */
    int run(String... arguments) {
        return Pgherder.run(surroundings(), arguments);
    }

    Surroundings surroundings() {
        return new Surroundings(
                input(),
                new PrintStream(results(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminals,
                variables,
                Clock.fixed(Instant.parse("2026-11-23T01:00:00Z"), ZoneOffset.UTC),
                agents,
                interrupts());
    }

    private Interrupts interrupts() {
        return new Interrupts() {
            @Override
            public void sayAtTheEnd(Runnable words) {
                lastWords.add(words);
            }

            @Override
            public void redirectTo(Stop asked) {
                stop = asked;
                if (pressedEarly) {
                    pressCtrlC();
                }
            }
        };
    }

    /** What stands on standard output since it was last cleared. */
    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    void clear() {
        out.reset();
        err.reset();
    }
}
