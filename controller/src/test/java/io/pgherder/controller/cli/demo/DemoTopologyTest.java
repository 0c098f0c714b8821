package io.pgherder.controller.cli.demo;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.Topology;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two hosts at addresses that nobody else listens on, and two nodes. */
class DemoTopologyTest {
    private static final String DB1 = "127.7.43.1";
    private static final String DB2 = "127.7.43.2";

    @TempDir
    Path directory;

    private DemoHome home = new DemoHome(Path.of("not set"));
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void makeHome() throws IOException {
        home = new DemoHome(Files.createDirectory(directory.resolve("demo")));
        home.prepare(new Account(System.getProperty("user.name"), "nobody asks", false));
    }

    private Path example(String checkout) throws IOException {
        Path inventories = Files.createDirectories(directory.resolve(checkout).resolve("inventories"));
        return Files.writeString(inventories.resolve("t5.yaml"), """
                cluster: t2
                primary: pg1
                postgres: { version: 15, superuser: postgres }
                replication: { user: rep, password: { file: %1$s/secrets/rep.password } }
                synchronous: { any: 1, of: [pg1, pg2] }
                agents: { tls: %1$s/tls }
                hosts: { db1: { address: %2$s }, db2: { address: %3$s } }
                defaults: { data_dir: "%4$s/pg_root{port}" }
                nodes: { pg1: { host: db1, port: 27401 }, pg2: { host: db2, port: 27402 } }
                """.formatted(home.root(), DB1, DB2, home.dataRoot()));
    }

    private TopologyFile fit(Path example, int majorVersion) throws IOException {
        return new DemoTopology(home, example, said::add).fitted(majorVersion, host -> false);
    }

    private static int port(TopologyFile file, String node) {
        return file.topology().node(new NodeName(node)).port();
    }

    private static ServerSocket somebodyAt(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(address, port));
        return socket;
    }

    @Test
    void aMachineThatFitsTheExampleGetsTheExample() throws IOException {
        Path example = example("checkout");

        TopologyFile fitted = fit(example, 15);

        assertThat(fitted.displayPath()).isEqualTo(example.toString());
        assertThat(said).isEmpty();
    }

    @Test
    void anotherMajorVersionExtendsAnExampleThatWasNamedFromTheWorkingDirectory() throws IOException {
        Path example = example("a checkout");
        Path relative = Path.of("").toAbsolutePath().relativize(example);

        TopologyFile fitted = fit(relative, 17);

        assertThat(fitted.topology().postgres().majorVersion()).isEqualTo(17);
        assertThat(home.overlay()).hasContent("""
                # Written by "pgherder demo": the example topology as it fits this machine.
                extends: "%s"
                postgres: { version: 17 }
                """.formatted(relative.toAbsolutePath()));
        assertThat(said)
                .containsExactly(
                        "PostgreSQL 17 is what this machine has; the example says 15",
                        "the example topology as it fits this machine: " + home.overlay());
    }

    @Test
    void portsOfOtherProgramsAreGoneRoundAndThenKept() throws IOException {
        Path example = example("checkout");
        try (ServerSocket agent = somebodyAt(DB2, HostSpec.DEFAULT_AGENT_PORT);
                ServerSocket server = somebodyAt(DB1, 27401)) {
            TopologyFile fitted = fit(example, 15);

            assertThat(home.overlay()).hasContent("""
                    # Written by "pgherder demo": the example topology as it fits this machine.
                    extends: "%s"
                    hosts:
                      db2: { agent: ":7433" }
                    nodes:
                      pg1: { port: 27403 }
                    """.formatted(example));
            assertThat(fitted.topology().host("db2").agentPort()).isEqualTo(7433);
            assertThat(said)
                    .containsExactly(
                            DB2 + ":7432 is taken by another program: the agent of db2 gets port 7433",
                            DB1 + ":27401 is taken by another program: pg1 gets port 27403",
                            "the example topology as it fits this machine: " + home.overlay());
            assertThat(agent.isBound() && server.isBound()).isTrue();
        }
        said.clear();

        assertThat(port(fit(example, 15), "pg1")).isEqualTo(27403);
        assertThat(said).isEmpty();
    }

    @Test
    void anInstanceThatIsThereKeepsItsPort() throws IOException {
        Path example = example("checkout");
        Path dataDir = Files.createDirectory(home.dataRoot().resolve("pg_root27401"));
        Files.writeString(dataDir.resolve("PG_VERSION"), "15\n");
        try (ServerSocket itself = somebodyAt(DB1, 27401)) {
            TopologyFile fitted = fit(example, 15);

            assertThat(port(fitted, "pg1")).isEqualTo(27401);
            assertThat(itself.isBound()).isTrue();
        }
        assertThat(said).isEmpty();
    }

    @Test
    void aCheckoutThatMovedIsFollowed() throws IOException {
        Path before = example("before");
        fit(before, 17);
        Files.delete(before);

        Topology fitted = fit(example("after"), 17).topology();

        assertThat(fitted.postgres().majorVersion()).isEqualTo(17);
        assertThat(said).hasSize(2);
    }
}
