package io.pgherder.controller.cli.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A program of this machine, run to its end. Arguments are a list: nothing passes through a shell. */
record HostCommand(List<String> argv, Map<String, String> environment) {
    private static final int LINES_KEPT = 20;

    HostCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    static HostCommand of(List<String> argv) {
        return new HostCommand(argv, Map.of());
    }

    /**
     * How it ended.
     *
     * @param lastLines of standard output and error together
     */
    record Result(int exitCode, List<String> lastLines) {
        boolean succeeded() {
            return exitCode == 0;
        }

        String firstLine() {
            return lastLines.isEmpty() ? "" : lastLines.get(0);
        }
    }

    Result run() {
        return run(line -> {});
    }

    /** @param listener hears every line while the program runs */
    Result run(Consumer<String> listener) {
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            Process process = builder.start();
            Deque<String> last = new ArrayDeque<>();
            try (BufferedReader output = process.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    listener.accept(line);
                    last.addLast(line);
                    if (last.size() > LINES_KEPT) {
                        last.removeFirst();
                    }
                }
            }
            return new Result(process.waitFor(), List.copyOf(last));
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + argv.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + argv.get(0) + " ran", e);
        }
    }
}
