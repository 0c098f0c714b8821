package io.pgherder.controller.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** A full disk behind standard output, or a reader that has gone. */
class OutputLostTest {
    private static final String SAID = """
            Error: could not write all of the results to standard output  [CLI-009]

              Hint: is the disk full, or has the program that reads them ended?
            """;

    private final SimulatedAgents agents = new SimulatedAgents();
    private final Prompt prompt;

    OutputLostTest(@TempDir Path directory) {
        prompt = Prompt.in(directory, agents);
    }

    @BeforeEach
    void fillTheDisk() {
        prompt.fillTheDisk();
    }

    @Test
    void whatElseWouldBeASuccessIsNone() {
        for (String command :
                List.of("validate", "status", "status -o json", "plan -o json", "plan --detailed-exitcode")) {
            prompt.clear();
            assertThat(prompt.run((command + " " + prompt.orders()).split(" ", -1)))
                    .as(command)
                    .isEqualTo(1);
            assertThat(prompt.err()).as(command).isEqualTo(SAID);
        }
        prompt.clear();
        assertThat(prompt.run("--help")).isEqualTo(1);
    }

    @Test
    void anApplyIsCarriedOutAndEndsWithTheNews() {
        assertThat(prompt.run("apply", prompt.orders(), "--yes")).isEqualTo(1);

        assertThat(prompt.err()).contains("pg2  clone from pg1").endsWith(SAID);
        assertThat(prompt.run("plan", prompt.orders(), "--detailed-exitcode"))
                .as("nothing is left to do, but that cannot be said either")
                .isEqualTo(1);
    }

    @Test
    void whatWentWrongAnywayKeepsItsExitCode() {
        agents.silence("db2");

        assertThat(prompt.run("plan", prompt.orders())).isEqualTo(4);

        assertThat(prompt.err()).doesNotContain("CLI-009");
    }

    @Test
    void aWatchThatNobodyReadsEnds() {
        StatusCommand watch = new StatusCommand(prompt.surroundings(), Duration.ofMillis(1));

        assertThat(new CommandLine(watch).execute(prompt.orders(), "--watch")).isZero();
    }
}
