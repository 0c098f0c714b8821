package io.pgherder.controller.cli;

import io.pgherder.controller.simulation.TopologyAgents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What gRPC logs of a connection that fails, beside what the command says of it. */
class LibraryLogTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger LIBRARY = Logger.getLogger("io.grpc.internal.ManagedChannelImpl");

    private final List<String> logged = new ArrayList<>();
    private final Level level = ROOT.getLevel();
    private final Handler[] handlers = ROOT.getHandlers();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Prompt prompt;

    LibraryLogTest(@TempDir Path directory) {
        SimulatedAgents agents = new SimulatedAgents();
        TopologyAgents talkative = (topology, tls, timeout) -> {
            LIBRARY.warning("failed to resolve name");
            return agents.connect(topology, tls, timeout);
        };
        prompt = Prompt.in(directory, talkative);
    }

    @BeforeEach
    void listen() {
        List.of(handlers).forEach(ROOT::removeHandler);
        ROOT.addHandler(listener);
        ROOT.setLevel(Level.INFO);
    }

    @AfterEach
    void restore() {
        ROOT.removeHandler(listener);
        List.of(handlers).forEach(ROOT::addHandler);
        ROOT.setLevel(level);
    }

    @Test
    void whatALibraryLogsIsNotForThePersonAtTheTerminal() {
        for (String command : List.of("plan", "status", "apply")) {
            prompt.run(command, prompt.orders());
            assertThat(logged).as(command).isEmpty();
            ROOT.setLevel(Level.INFO);
        }
    }

    @Test
    void whoWantsToKnowMoreIsShownIt() {
        prompt.run("status", prompt.orders(), "-v");

        assertThat(logged).containsExactly("failed to resolve name");
    }
}
