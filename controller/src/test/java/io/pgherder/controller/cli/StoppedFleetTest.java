package io.pgherder.controller.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Ctrl-C in {@code apply} of a fleet, after its first cluster has been changed and before the second. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StoppedFleetTest {
    private final SimulatedAgents agents = new SimulatedAgents();
    private final Path directory;
    private final Prompt prompt;
    private final String orders;
    private final String parts;

    StoppedFleetTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
        orders = prompt.orders();
        parts = prompt.write(
                "parts.yaml",
                Prompt.ORDERS
                        .replace("cluster: orders", "cluster: parts")
                        .replace("pg1", "pg3")
                        .replace("pg2", "pg4")
                        .replace("port: 19", "port: 29"));
    }

    @BeforeEach
    void aPersonSitsThere() {
        prompt.on(new Terminals(true, false, false));
    }

    @Test
    void theQuestionEndsThoughNobodyAnswersIt() {
        prompt.typeAndThenPressCtrlC("yes\n");

        assertThat(prompt.run("apply", orders, parts)).isEqualTo(4);

        assertThat(err()).endsWith("""

                Carry out 6 steps on parts? Only "yes" is accepted: \

                Stopping: no new step starts, running ones finish. Ctrl-C again cancels them.
                Error: stopped before parts was changed  [CLI-008]

                  Hint: when it is time for it: pgherder apply parts.yaml

                Nothing has been changed.
                2 clusters: 1 ok, 1 refused.
                """);
        assertThat(prompt.out()).contains("Applied 6 of 6 steps to orders").doesNotContain("to parts");
    }

    @Test
    void nothingIsAskedOfWhoeverHasStoppedIt() {
        agents.atTheNextLooks(() -> {}, () -> {}, () -> {}, prompt::pressCtrlC);
        prompt.type("yes\n");

        assertThat(prompt.run("apply", orders, parts)).isEqualTo(4);

        assertThat(err())
                .contains("Error: stopped before parts was changed  [CLI-008]\n")
                .doesNotContain("on parts?");
    }

    @Test
    void whileTheLockIsWaitedForItIsHeardToo() {
        agents.atTheNextLooks(() -> {}, () -> {}, () -> agents.overtake(prompt::pressCtrlC));

        assertThat(prompt.run("apply", orders, parts, "--yes")).isEqualTo(4);

        assertThat(err())
                .contains("Waiting: alice@ops1 pid 4711 holds the lock on parts")
                .endsWith("""
                Error: stopped before parts was changed  [CLI-008]

                  Hint: when it is time for it: pgherder apply parts.yaml

                Nothing has been changed.
                2 clusters: 1 ok, 1 refused.
                """);
        assertThat(prompt.out()).doesNotContain("Applied 0 of");
    }

    private String err() {
        return prompt.err().replace(directory + "/", "");
    }
}
