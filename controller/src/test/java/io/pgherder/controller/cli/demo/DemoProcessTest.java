package io.pgherder.controller.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Shells whose command line reads like an agent's. */
class DemoProcessTest {
    private static final List<String> IN_A_CONTAINER = List.of("unshare", "--map-root-user", "--mount", "--");

    @TempDir
    Path directory;

    private Path config = Path.of("not set");
    private Optional<Process> agent = Optional.empty();

    @BeforeEach
    void configure() throws IOException {
        config = Files.writeString(directory.resolve("agent.properties"), "ours\n");
    }

    @AfterEach
    void end() {
        agent.ifPresent(Process::destroyForcibly);
    }

    private static List<String> with(List<String> prefix, String... more) {
        List<String> argv = new ArrayList<>(prefix);
        argv.addAll(List.of(more));
        return argv;
    }

    private void start(List<String> prefix, String script) throws IOException {
        List<String> argv = with(
                prefix,
                "sh",
                "-c",
                script + "; touch \"$2\".ready; read never",
                "io.pgherder.agent.Main",
                "--config",
                config.toString());
        agent = Optional.of(new ProcessBuilder(argv).start());
        assertThat(Await.until(
                        Duration.ofSeconds(10),
                        () -> Files.exists(Path.of("/proc/" + agent.get().pid() + "/root" + config + ".ready"))))
                .as("it has begun")
                .isTrue();
    }

    @Test
    void anAgentIsFoundByItsConfigurationAndStopped() throws IOException, InterruptedException {
        start(List.of(), "true");

        Optional<DemoProcess> found = DemoProcess.find(config);

        assertThat(found.map(DemoProcess::pid)).isEqualTo(agent.map(Process::pid));
        found.ifPresent(DemoProcess::stop);
        // It has ended; that Java hears of it is another moment.
        assertThat(agent.orElseThrow().waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAgentInAContainerThatNamesTheSamePathIsSomebodyElses() throws IOException {
        assumeThat(HostCommand.of(with(IN_A_CONTAINER, "true")).run().succeeded())
                .as("this machine allows mount namespaces")
                .isTrue();
        start(IN_A_CONTAINER, "mount -t tmpfs none \"${2%/*}\" && echo theirs >\"$2\"");

        assertThat(DemoProcess.find(config)).isEmpty();
        assertThat(agent)
                .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());
    }
}
