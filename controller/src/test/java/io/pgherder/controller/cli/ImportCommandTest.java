package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.execution.AgentsConnector;
import io.pgherder.controller.observation.HostAnswer;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.NodeProbe;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ImportCommandTest {
    @TempDir
    private Path directory;

    private Prompt prompt;

    /** Agents that refuse every connection. */
    private static final class Refusing implements AgentsConnector {
        @Override
        public Agents connect(Topology topology, Path tlsDirectory, Duration timeout) {
            throw new AssertionError("there is no topology");
        }

        @Override
        public Lookers lookers(Path tlsDirectory, Duration timeout) {
            NodeProbe probe = query -> CompletableFuture.completedFuture(new HostAnswer(
                    new Silent(
                            query.host().name(),
                            Problem.of("CONNECT-001", "agent " + query.host().agent() + " refused the connection")),
                    List.of()));
            return new Lookers() {
                @Override
                public NodeProbe probe() {
                    return probe;
                }

                @Override
                public void close() {}
            };
        }
    }

    @BeforeEach
    void sitDown() {
        prompt = Prompt.in(directory, new Refusing());
    }

    @Test
    void agentsThatRefuseAreNamedAndNothingIsWritten() {
        Path file = directory.resolve("new.yaml");

        assertThat(prompt.run(
                        "import", "--agent", "db1", "--agent", "[::1]:7433", "--tls", "tls", "--out", file.toString()))
                .isEqualTo(1);

        assertThat(prompt.err()).isEqualTo("""
                Error: agent db1:7432 refused the connection  [CONNECT-001]

                Error: agent [::1]:7433 refused the connection  [CONNECT-001]
                """);
        assertThat(file).doesNotExist();
    }

    @Test
    void withoutCertificatesItSaysWhereItLookedAndWhatNamesThem() {
        assertThat(prompt.run("import", "--agent", "db1")).isEqualTo(1);

        assertThat(prompt.err()).isEqualTo("""
                Error: found no certificates to show to the agents  [CLI-004]

                  no directory %s/.config/pgherder/tls
                  no directory /etc/pgherder/tls
                  Hint: name the directory with ca.crt, controller.crt and controller.key: --tls DIR or PGHERDER_TLS
                """.formatted(directory));
    }

    @Test
    void fileThatIsThereIsNotReplacedAndNobodyIsAsked() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "cluster: mine\n");

        assertThat(prompt.run("import", "--agent", "db1", "--tls", "tls", "--out", file.toString()))
                .isEqualTo(1);

        assertThat(prompt.err()).isEqualTo("""
                Error: cannot write the topology to %s  [IMPORT-008]

                  it is there already
                  Hint: is it to be replaced? Then remove it, or name another
                """.formatted(file));
        assertThat(file).hasContent("cluster: mine");
    }

    @Test
    void whatIsNoAddressAndNoSystemIsAUsageError() {
        assertThat(prompt.run("import")).isEqualTo(2);
        assertThat(prompt.run("import", "--agent", "db1:99999")).isEqualTo(2);
        assertThat(prompt.run("import", "--agent", "db1", "--system", "x")).isEqualTo(2);

        assertThat(prompt.err())
                .contains("'db1:99999': a port is a number from 1 to 65535")
                .contains("'x' is not a system identifier; pg_controldata prints it: 7421903344718816021");
    }
}
