package io.pgherder.agent.system;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs programs of this host. */
public final class ProcessCommandRunner implements CommandRunner {
    private static final Logger LOG = Logger.getLogger(ProcessCommandRunner.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** A daemon that a program left behind may hold its output open for ever. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    private static final int KEPT_ERROR_LINES = 20;
    private static final int KEPT_OUTPUT_CHARS = 1 << 20;
    /** All that a program may know of the agent's own environment: a stray PGDATA or PGOPTIONS must not reach it. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LOGNAME", "TZ", "LD_LIBRARY_PATH");

    private final AtomicInteger threads = new AtomicInteger();

    @Override
    public CommandResult run(Command command, CommandListener listener, Cancellation cancellation) {
        cancellation.check();
        LOG.fine(() -> "run " + command);
        Process process = start(command);
        ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), -1));
        announce(identity, listener);
        StringBuilder output = new StringBuilder();
        Deque<String> errors = new ArrayDeque<>();
        CountDownLatch outputsEnded = new CountDownLatch(2);
        pump(process.getInputStream(), outputsEnded, line -> {
            keep(output, line);
            listener.stdout(line);
        });
        pump(process.getErrorStream(), outputsEnded, line -> {
            String masked = command.mask(line);
            keep(errors, masked);
            listener.stderr(masked);
        });
        boolean ended;
        Cancellation.Registration registration = cancellation.onRequest(() -> endInBackground(identity));
        try {
            ended = awaitEnd(process, command.timeout());
            if (!ended) {
                ProcessTree.end(identity, GRACE);
                awaitEnd(process, GRACE);
            }
            awaitOutputs(outputsEnded, process);
        } finally {
            registration.close();
        }
        cancellation.check();
        synchronized (output) {
            synchronized (errors) {
                int exitCode = process.isAlive() ? -1 : process.exitValue();
                return new CommandResult(exitCode, !ended, output.toString(), List.copyOf(errors));
            }
        }
    }

    /** A program that nobody could take note of must not go on. */
    private static void announce(ProcessIdentity process, CommandListener listener) {
        try {
            listener.started(process);
        } catch (RuntimeException e) {
            ProcessTree.end(process, GRACE);
            throw e;
        }
    }

    private static Process start(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.arguments());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.put("LC_ALL", "C");
        environment.putAll(command.environment());
        builder.directory(command.directory().map(Path::toFile).orElse(new File("/")));
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            return builder.start();
        } catch (IOException e) {
            throw SystemProblem.CANNOT_START_PROGRAM
                    .summary("could not start " + command.program())
                    .detail(command.mask(String.valueOf(e.getMessage())))
                    .hint("is " + command.arguments().get(0) + " there, and may the agent's account run it?")
                    .failure(e);
        }
    }

    private void pump(InputStream stream, CountDownLatch ended, Consumer<String> lines) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            lines.accept(line);
                        }
                    } catch (IOException e) {
                        LOG.log(Level.FINE, "output of a program ended early", e);
                    } finally {
                        ended.countDown();
                    }
                },
                "command-output-" + threads.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    /** Whoever cancels must not have to wait for the end. */
    private static void endInBackground(ProcessIdentity process) {
        Thread thread = new Thread(() -> ProcessTree.end(process, GRACE), "command-end-" + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    private static void keep(StringBuilder output, String line) {
        synchronized (output) {
            if (output.length() + line.length() < KEPT_OUTPUT_CHARS) {
                output.append(line).append('\n');
            }
        }
    }

    private static void keep(Deque<String> errors, String line) {
        synchronized (errors) {
            errors.addLast(line);
            if (errors.size() > KEPT_ERROR_LINES) {
                errors.removeFirst();
            }
        }
    }

    private static boolean awaitEnd(Process process, Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void awaitOutputs(CountDownLatch ended, Process process) {
        try {
            if (!ended.await(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.getInputStream().close();
                process.getErrorStream().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.FINE, "could not close the output of a program", e);
        }
    }
}
