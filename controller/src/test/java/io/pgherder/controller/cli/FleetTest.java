package io.pgherder.controller.cli;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Several clusters in one command: what they must not share. */
class FleetTest {
    private static final String ORDERS = Prompt.ORDERS.replace("{node}", "{port}");

    private final Path directory;
    private final Prompt prompt;

    FleetTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, Prompt.NOBODY);
        prompt.write("orders.yaml", ORDERS);
    }

    @Test
    void aCopyBesideItsOriginalIsRefusedBeforeAnybodyIsAsked() {
        prompt.write("mine.yaml", "# a copy\n" + ORDERS.replace("1922", "1923"));

        for (String command : List.of("validate", "apply")) {
            prompt.clear();
            assertThat(prompt.run(command, directory.toString())).as(command).isEqualTo(2);
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
        String file = prompt.orders();

        assertThat(prompt.run("apply", file, file)).isEqualTo(2);
        assertThat(err())
                .contains(
                        "two files declare the cluster \"orders\"  [TOPOLOGY-032]", "Hint: was the file named twice?");
    }

    @Test
    void twoClustersThatWantTheSamePortsAndDirectoriesAreRefused() {
        prompt.write(
                "parts.yaml",
                ORDERS.replace("cluster: orders", "cluster: parts").replace("  pg2: { host: db2, port: 1922 }", """
                                  pg2: { host: db2, port: 1923, data_dir: /data01/pg/1922/inside }\
                                """));

        assertThat(prompt.run("apply", directory.toString())).isEqualTo(2);
        assertThat(err()).isEqualTo("""
                Error: the clusters "orders" and "parts" claim the same ports or directories  [TOPOLOGY-033]

                  parts.yaml:12:3  nodes.pg1
                     |
                  12 |   pg1: { host: db1, port: 1921 }
                     |   ^
                  pg1 (orders.yaml:12) has port 1921 and pg1 (parts.yaml:12) has port 1921
                  pg1 (orders.yaml:12) has /data01/pg/1921 and pg1 (parts.yaml:12) has /data01/pg/1921
                  pg2 (orders.yaml:13) has /data01/pg/1922 and pg2 (parts.yaml:13) has /data01/pg/1922/inside
                  Hint: which of the two is meant? Give the other ports and directories of its own
                """);
    }

    @Test
    void clustersMayShareHostsAndAgents() {
        prompt.write(
                "parts.yaml",
                ORDERS.replace("cluster: orders", "cluster: parts").replace("19", "29"));

        assertThat(prompt.run("validate", directory.toString())).as(err()).isZero();
    }

    private String err() {
        return prompt.err().replace(directory + "/", "");
    }
}
