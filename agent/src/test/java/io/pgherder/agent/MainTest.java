package io.pgherder.agent;

import io.pgherder.agent.tls.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theVersionIsSaidOnStandardOutput() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("pgherder agent development\n");
    }

    @Test
    void wrongUsageShowsTheRightOne() {
        assertThat(run("--confg", "x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        Usage: pgherder-agent --config FILE [--check]
                               pgherder-agent --version
                        """);
    }

    @Test
    void aBadConfigurationIsExplainedAndNothingStarts(@TempDir Path home) {
        assertThat(run("--check", "--config", home + "/agent.properties")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("Error: there is no configuration file " + home
                        + "/agent.properties  [DAEMON-001]\n  Hint: start the agent with --config FILE\n");
    }

    @Test
    void whatIsWrongWithTheCertificatesIsSaidTogetherWithTheRest(@TempDir Path home) throws IOException {
        Path file = Files.writeString(home.resolve("agent.properties"), """
                listen = 127.0.0.1:7432
                roots = /nowhere/at/all
                state_dir = %1$s/state
                tls_certificate = %1$s/agent.crt
                tls_key = %1$s/agent.key
                tls_ca = %1$s/ca.crt
                """.formatted(home));

        assertThat(run("--check", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("line 2: roots /nowhere/at/all does not exist")
                .contains("tls_certificate does not exist: " + home + "/agent.crt")
                .contains("tls_key does not exist: " + home + "/agent.key")
                .contains("tls_ca does not exist: " + home + "/ca.crt");
    }

    @Test
    void oneTlsFileThatIsNotNamedKeepsNothingOfTheOthersBack(@TempDir Path home) throws IOException {
        Path file = Files.writeString(home.resolve("agent.properties"), """
                listen = 127.0.0.1:7432
                roots = %1$s
                state_dir = %1$s/state
                tls_certificate = /nope
                tls_key = agent.key
                """.formatted(home));

        assertThat(run("--check", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("line 5: tls_key agent.key is not an absolute path")
                .contains("tls_ca is missing")
                .contains("tls_certificate does not exist: /nope");
    }

    @Test
    void anAgentStartedAsRootIsRefused(@TempDir Path home) throws IOException {
        assumeTrue(Files.getAttribute(home, "unix:uid").equals(0), "only root can be refused");
        TestAuthority.write(TestAuthority.named("test CA").server(), home);
        Path file = Files.writeString(
                home.resolve("agent.properties"), """
                listen = 127.0.0.1:7432
                roots = %2$s
                state_dir = %1$s/state
                tls_certificate = %1$s/agent.crt
                tls_key = %1$s/agent.key
                tls_ca = %1$s/ca.crt
                """.formatted(home, Files.createDirectory(home.resolve("data"))));

        assertThat(run("--check", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                Error: refusing to run as root  [DAEMON-008]
                  agents and instances run under the ordinary account that owns PostgreSQL's data
                  Hint: start it under that account: runuser -u postgres -- pgherder agent --config FILE
                """);
    }

    private int run(String... arguments) {
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }
}
