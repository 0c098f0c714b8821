package io.pgherder.controller.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Several clusters in one command: what they must not share. */
class FleetTest {
    private static final String ORDERS = """
            cluster: orders
            primary: pg1
            postgres: { version: 15 }
            replication: { user: rep, password: { file: rep.password } }
            hosts:
              db1: { address: 10.0.1.11 }
              db2: { address: 10.0.1.12 }
            defaults: { data_dir: "/data01/pg/{port}" }
            nodes:
              pg1: { host: db1, port: 1921 }
              pg2: { host: db2, port: 1922 }
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeTopology() throws IOException {
        Files.writeString(directory.resolve("rep.password"), "sesame");
        Files.setPosixFilePermissions(directory.resolve("rep.password"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("orders.yaml"), ORDERS);
    }

    @Test
    void aCopyBesideItsOriginalIsRefusedByEveryCommandBeforeAnybodyIsAsked() throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), "# a copy\n" + ORDERS.replace("1922", "1923"));

        for (String command : List.of("validate", "plan", "apply", "status")) {
            err.reset();
            assertThat(run(command, directory.toString())).as(command).isEqualTo(2);
            assertThat(err()).as(command).isEqualTo("""
                    Error: two files declare the cluster "orders"  [TOPOLOGY-032]

                      orders.yaml:1:10  cluster
                        |
                      1 | cluster: orders
                        |          ^
                      mine.yaml:2
                      orders.yaml:1
                      Hint: is one a copy? A copy replaces its original: keep one of them in the fleet
                    """);
        }
    }

    @Test
    void oneFileNamedTwice() {
        String file = directory.resolve("orders.yaml").toString();

        assertThat(run("plan", file, file)).isEqualTo(2);
        assertThat(err())
                .contains(
                        "two files declare the cluster \"orders\"  [TOPOLOGY-032]", "Hint: was the file named twice?");
    }

    @Test
    void twoClustersThatWantTheSamePortsAndDirectoriesAreRefused() throws IOException {
        Files.writeString(
                directory.resolve("parts.yaml"),
                ORDERS.replace("cluster: orders", "cluster: parts").replace("  pg2: { host: db2, port: 1922 }", """
                                  pg2: { host: db2, port: 1923, data_dir: /data01/pg/1922/inside }\
                                """));

        assertThat(run("plan", directory.toString())).isEqualTo(2);
        assertThat(err()).isEqualTo("""
                Error: the clusters "orders" and "parts" claim the same ports or directories  [TOPOLOGY-033]

                  parts.yaml:10:3  nodes.pg1
                     |
                  10 |   pg1: { host: db1, port: 1921 }
                     |   ^
                  pg1 (orders.yaml:10) has port 1921 and pg1 (parts.yaml:10) has port 1921
                  pg1 (orders.yaml:10) has /data01/pg/1921 and pg1 (parts.yaml:10) has /data01/pg/1921
                  pg2 (orders.yaml:11) has /data01/pg/1922 and pg2 (parts.yaml:11) has /data01/pg/1922/inside
                  Hint: which of the two is meant? Give the other ports and directories of its own
                """);
    }

    @Test
    void clustersMayShareHostsAndAgents() throws IOException {
        Files.writeString(
                directory.resolve("parts.yaml"),
                ORDERS.replace("cluster: orders", "cluster: parts").replace("19", "29"));

        assertThat(run("validate", directory.toString())).as(err()).isZero();
    }

    /** Nobody can be asked: there are no agents to be had. */
    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                Terminals.NONE,
                Map.of("HOME", directory.toString()),
                Clock.systemUTC(),
                (topology, tls, timeout) -> {
                    throw new AssertionError("an agent of " + topology.cluster() + " is asked");
                },
                stop -> {});
        return Pgherder.run(surroundings, arguments);
    }

    private String err() {
        return err.toString(UTF_8).replace(directory + "/", "");
    }
}
