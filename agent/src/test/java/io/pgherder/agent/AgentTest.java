package io.pgherder.agent;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.tls.TestAuthority;
import io.pgherder.agent.tls.TlsFiles;
import io.pgherder.agent.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AgentTest {
    @TempDir
    private Path home;

    private final TlsIdentity identity = TestAuthority.named("test CA").server();
    private TlsFiles files;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectory(home.resolve("data"));
        files = TestAuthority.write(identity, home);
    }

    @Test
    void twoAgentsNeverShareAStateDirectory() throws IOException {
        try (Agent first = Agent.start(config("state", 0), identity, "test")) {
            assertThat(first).isNotNull();
            assertThat(refusal("state", 0).code()).isEqualTo("DAEMON-009");
            assertThat(refusal("state", 0).details())
                    .containsExactly("its pid is " + ProcessHandle.current().pid());
        }
    }

    @Test
    void anotherAgentMayFollowWhenTheFirstHasEnded() throws IOException {
        Agent.start(config("state", 0), identity, "test").close();

        try (Agent second = Agent.start(config("state", 0), identity, "test")) {
            assertThat(Files.readString(home.resolve("state/agent.pid")).strip())
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
            assertThat(second).isNotNull();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndTheStateDirectoryFreeAgain() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AgentProblem problem = refusal("state", taken.getLocalPort());

            assertThat(problem.code()).isEqualTo("DAEMON-010");
            assertThat(problem.summary()).isEqualTo("could not listen on 127.0.0.1:" + taken.getLocalPort());
            assertThat(problem.details()).containsExactly("Address already in use");
        }
        Agent.start(config("state", 0), identity, "test").close();
    }

    private AgentProblem refusal(String stateDir, int port) {
        OperationFailed refused = catchThrowableOfType(
                OperationFailed.class, () -> Agent.start(config(stateDir, port), identity, "test"));
        return refused.problem();
    }

    private AgentConfig config(String stateDir, int port) {
        return new AgentConfig(
                "127.0.0.1",
                port,
                List.of(home.resolve("data")),
                home.resolve(stateDir),
                files,
                Path.of("/tmp"),
                List.of(),
                Level.INFO);
    }
}
