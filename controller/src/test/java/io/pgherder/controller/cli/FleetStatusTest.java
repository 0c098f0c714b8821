package io.pgherder.controller.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person sees of several clusters. */
class FleetStatusTest {
    private final SimulatedAgents agents = new SimulatedAgents();
    private final Path directory;
    private final Prompt prompt;

    FleetStatusTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
        assertThat(prompt.run("apply", prompt.orders(), "--yes")).isZero();
        prompt.write(
                "parts.yaml",
                Prompt.ORDERS
                                .replace("cluster: orders", "cluster: parts")
                                .replace("port: 19", "port: 29")
                                .replace("/pg/", "/parts/")
                        + "  pg3: { host: db2, port: 2923 }\n");
        prompt.clear();
    }

    @Test
    void everyTreeHasTheNameOfItsClusterAboveIt() {
        assertThat(prompt.run("status", directory.toString())).isZero();

        assertThat(prompt.out().replace(directory + "/", ""))
                .startsWith("Cluster orders (orders.yaml)\nNODE ")
                .contains("\n\nCluster parts (parts.yaml)\nNODE ")
                .endsWith("""

                        CLUSTER  NODES  AT WORK  RESULT         FILE
                        orders       2        2  ok             orders.yaml
                        parts        3        0  with problems  parts.yaml
                        """);
    }

    @Test
    void aClusterThatNeedsAPersonIsNotCountedAmongThoseThatAreWell() {
        assertThat(prompt.run("status", directory.toString())).isZero();
        assertThat(prompt.err()).isEqualTo("2 clusters: 1 ok, 1 with problems.\n");

        prompt.clear();
        agents.silence("db2");
        assertThat(prompt.run("status", directory.toString())).isZero();
        assertThat(prompt.err()).isEqualTo("2 clusters: 2 with problems.\n");
    }
}
