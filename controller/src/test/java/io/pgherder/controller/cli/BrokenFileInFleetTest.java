package io.pgherder.controller.cli;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** One file of a fleet that nobody can understand, beside others: it hides none of them from who only looks, and stops who changes things. */
class BrokenFileInFleetTest {
    private static final String BROKEN = """
            Error: the primary is an unknown node "pg7"  [TOPOLOGY-015]

              broken.yaml:2:10  primary
                |
              2 | primary: pg7
                |          ^
              nodes declared: pg1, pg2
              Hint: which of them is meant?
            """;

    private final SimulatedFleet agents = new SimulatedFleet();
    private final Path directory;
    private final Prompt prompt;

    BrokenFileInFleetTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
    }

    @BeforeEach
    void threeClustersAndABrokenFile() {
        prompt.write(
                "parts.yaml",
                Prompt.ORDERS.replace("orders", "parts").replace("192", "292").replace("/data01", "/data02"));
        prompt.write(
                "stock.yaml",
                Prompt.ORDERS
                        .replace("orders", "stock")
                        .replace("192", "392")
                        .replace("/data01", "/data03")
                        .replace("db1", "db3")
                        .replace("db2", "db4"));
        prompt.write("broken.yaml", Prompt.ORDERS.replace("primary: pg1", "primary: pg7"));
    }

    @Test
    void statusShowsTheOthersAndCountsIt() {
        agents.silence("db3");
        agents.silence("db4");

        assertThat(prompt.run("status", directory.toString())).isEqualTo(2);

        assertThat(out())
                .contains("Cluster orders (orders.yaml)\nNODE ", "Cluster parts (parts.yaml)\nNODE ")
                .endsWith("""
                        CLUSTER  NODES  AT WORK  RESULT    FILE
                        ?            ?        ?  invalid   broken.yaml: 1 problem in it
                        orders       2        2  ok        orders.yaml
                        parts        2        2  ok        parts.yaml
                        stock        2        0  not seen  stock.yaml
                        """);
        assertThat(err()).isEqualTo(BROKEN + "4 clusters: 2 ok, 1 not seen, 1 invalid.\n");
    }

    @Test
    void aLinkThatLeadsNowhereIsABrokenFileToo() throws IOException {
        Files.delete(directory.resolve("broken.yaml"));
        Files.createSymbolicLink(directory.resolve("gone.yaml"), directory.resolve("on-another-disk.yaml"));
        Files.createSymbolicLink(directory.resolve("loop.yaml"), directory.resolve("loop.yaml"));

        assertThat(prompt.run("status", directory.toString())).isEqualTo(2);

        assertThat(out()).contains("?            ?        ?  invalid  gone.yaml: 1 problem in it\n");
        assertThat(out()).contains("?            ?        ?  invalid  loop.yaml: 1 problem in it\n");
        assertThat(err())
                .contains(
                        "gone.yaml: it is a link to what is not there",
                        "loop.yaml: its symbolic links lead in a circle")
                .endsWith("5 clusters: 3 ok, 2 invalid.\n");
    }

    @Test
    void planShowsTheOthersAndCountsIt() {
        prompt.run("plan", directory.toString());
        prompt.write(
                "parts.yaml",
                Prompt.ORDERS
                        .replace("orders", "parts")
                        .replace("192", "292")
                        .replace("/data01", "/data02")
                        .replace("nodes:\n", "settings: { work_mem: 7MB }\nnodes:\n"));
        agents.silence("db3");
        prompt.clear();

        assertThat(prompt.run("plan", directory.toString())).isEqualTo(2);

        assertThat(out())
                .startsWith("Cluster orders, ")
                .contains("\n\nCluster parts, ", "\n\nCluster stock, ")
                .endsWith("""

                        CLUSTER  STEPS  RESULT      FILE
                        ?            ?  invalid     broken.yaml: 1 problem in it
                        orders       0  ok          orders.yaml
                        parts        4  with steps  parts.yaml
                        stock        -  refused     stock.yaml
                        """);
        assertThat(err()).startsWith(BROKEN).endsWith("4 clusters: 1 ok, 1 with steps, 1 invalid, 1 refused.\n");
    }

    @Test
    void aClusterThatCannotBeLookedAtIsInTheTableToo() {
        prompt.write("orders.yaml", Prompt.ORDERS.replace("agents: { tls: tls }\n", ""));

        assertThat(prompt.run("status", directory.toString())).isEqualTo(2);

        assertThat(out()).contains("\norders       ?        ?  failed   orders.yaml: could not be looked at\n");
    }

    @Test
    void programsGetTheOthersInOneDocument() {
        for (String command : new String[] {"plan", "status"}) {
            prompt.clear();
            assertThat(prompt.run(command, directory.toString(), "-o", "json"))
                    .as(command)
                    .isEqualTo(2);
            assertThat(JsonParser.parseString(out())
                            .getAsJsonObject()
                            .getAsJsonArray("clusters")
                            .asList())
                    .as(command)
                    .extracting(
                            cluster -> cluster.getAsJsonObject().get("cluster").getAsString())
                    .containsExactly("orders", "parts", "stock");
            assertThat(err()).as(command).startsWith(BROKEN);
        }
    }

    @Test
    void whoeverWantsNoMoreThanResultsGetsNoTable() {
        for (String command : new String[] {"plan", "status"}) {
            prompt.clear();
            assertThat(prompt.run(command, directory.toString(), "-q"))
                    .as(command)
                    .isEqualTo(2);
            assertThat(out()).as(command).contains("orders").doesNotContain("RESULT");
        }
    }

    @Test
    void applyAsksNobody() {
        assertThat(prompt.run("apply", directory.toString(), "--yes")).isEqualTo(2);

        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo(BROKEN);
    }

    @Test
    void aNodeOfALimitMayBeInTheBrokenFile() {
        for (String command : new String[] {"plan", "status", "drift"}) {
            prompt.clear();
            assertThat(prompt.run(command, directory.toString(), "--limit", "pg9"))
                    .as(command)
                    .isEqualTo(2);
            assertThat(err()).as(command).isEqualTo(BROKEN + """

                    Error: --limit names "pg9", which is not a node in any of 3 topology files  [CLI-010]

                      there are pg1, pg2
                      Hint: which of them is meant?
                    """);
        }
    }

    @Test
    void aLimitSaysNothingOfABrokenFileAlone() {
        for (String command : new String[] {"plan", "status", "drift"}) {
            prompt.clear();
            assertThat(prompt.run(command, prompt.path("broken.yaml"), "--limit", "pg1"))
                    .as(command)
                    .isEqualTo(2);
            assertThat(err()).as(command).isEqualTo(BROKEN);
        }
    }

    @Test
    void ofTwoFilesOfOneClusterTheFirstIsLookedAt() {
        prompt.write("broken.yaml", Prompt.ORDERS);

        assertThat(prompt.run("status", prompt.orders(), prompt.path("broken.yaml")))
                .isEqualTo(2);

        assertThat(out()).contains("Cluster orders (orders.yaml)").endsWith("""
                        CLUSTER  NODES  AT WORK  RESULT   FILE
                        ?            ?        ?  invalid  broken.yaml: 1 problem in it
                        orders       2        2  ok       orders.yaml
                        """);
        assertThat(err())
                .startsWith("Error: two files declare the cluster \"orders\"  [TOPOLOGY-032]\n")
                .endsWith("2 clusters: 1 ok, 1 invalid.\n");
    }

    private String out() {
        return prompt.out().replace(directory + "/", "");
    }

    private String err() {
        return prompt.err().replace(directory + "/", "");
    }
}
