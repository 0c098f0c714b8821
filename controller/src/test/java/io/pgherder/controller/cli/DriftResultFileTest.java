package io.pgherder.controller.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The file that {@code drift --out} leaves behind, run after run. */
@Timeout(60)
class DriftResultFileTest {
    private final Path directory;
    private final WatchedOrders orders;

    DriftResultFileTest(@TempDir Path directory) {
        this.directory = directory;
        orders = new WatchedOrders(directory);
    }

    @Test
    void theResultOfEachRunIsInTheFileAsAWhole() {
        String file = orders.prompt.path("result.json");
        List<String> inSync = new ArrayList<>();
        orders.agents.atTheNextLooksAt(
                "orders",
                WatchedOrders::nothingHappens,
                () -> {
                    inSync.add(result(file));
                    orders.stopPg2();
                },
                () -> {
                    inSync.add(result(file));
                    orders.prompt.pressCtrlC();
                });

        assertThat(orders.watch("--out", file)).isEqualTo(3);

        assertThat(inSync).containsExactly("true", "false");
        assertThat(files())
                .as("nothing is left beside it")
                .containsExactly("orders.yaml", "rep.password", "result.json");
    }

    @Test
    void theResultIsThatOfDriftAsJsonWithItsTime() {
        String file = orders.prompt.path("result.json");
        assertThat(orders.prompt.run("drift", orders.prompt.orders(), "-o", "json", "--out", file))
                .isZero();

        JsonObject written = document(file);
        assertThat(written.get("at").getAsString()).isEqualTo("2026-11-23T01:00:00Z");
        assertThat(written.get("elapsed_ms").getAsInt()).isZero();
        assertThat(written.getAsJsonArray("clusters")).containsExactly(JsonParser.parseString(orders.prompt.out()));
    }

    @Test
    void theTopologyItselfIsNotReplaced() throws IOException {
        Prompt asking = Prompt.in(directory, Prompt.NOBODY);
        String topology = Files.readString(directory.resolve("orders.yaml"));
        Files.createSymbolicLink(directory.resolve("link.json"), directory.resolve("orders.yaml"));
        for (String command : List.of("drift", "plan")) {
            for (String file : List.of("orders.yaml", "link.json")) {
                asking.clear();

                assertThat(asking.run(command, asking.orders(), "--out", asking.path(file)))
                        .isEqualTo(1);

                assertThat(asking.err().replace(directory + "/", ""))
                        .startsWith("Error: cannot write the " + (command.equals("drift") ? "result" : "plan") + " to "
                                + file)
                        .contains("  there is another file, no "
                                + (command.equals("drift") ? "result of a drift run" : "saved plan")
                                + "\n  Hint: is that to be replaced? Then remove it, or name another\n");
                assertThat(Files.readString(directory.resolve("orders.yaml"))).isEqualTo(topology);
            }
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnybodyIsAsked() {
        Prompt asking = Prompt.in(directory, Prompt.NOBODY);
        for (List<String> watching : List.of(List.<String>of(), List.of("--watch", "60s"))) {
            asking.clear();
            List<String> arguments =
                    new ArrayList<>(List.of("drift", asking.orders(), "--out", asking.path("no/r.json")));
            arguments.addAll(watching);

            assertThat(asking.run(arguments.toArray(String[]::new))).isEqualTo(1);

            assertThat(asking.err().replace(directory + "/", "")).isEqualTo("""
                    Error: cannot write the result to no/r.json  [CLI-011]

                      there is no directory no
                      Hint: does the directory exist, and may you write there?
                    """);
        }
    }

    @Test
    void aFileThatCanNoLongerBeWrittenDoesNotEndTheWatchAndIsToldOnce() throws IOException {
        Path place = Files.createDirectory(directory.resolve("results"));
        orders.agents.atTheNextLooksAt(
                "orders",
                WatchedOrders::nothingHappens,
                () -> delete("results/r.json", "results"),
                WatchedOrders::nothingHappens,
                orders.prompt::pressCtrlC);

        assertThat(orders.watch("--out", place.resolve("r.json").toString())).isZero();

        assertThat(orders.prompt.err().replace(directory + "/", "")).isEqualTo("""
                Error: cannot write the result to results/r.json  [CLI-011]

                  there is no directory results
                  Hint: does the directory exist, and may you write there?
                """);
    }

    private String result(String file) {
        return document(file)
                .getAsJsonArray("clusters")
                .get(0)
                .getAsJsonObject()
                .get("in_sync")
                .getAsString();
    }

    private static JsonObject document(String file) {
        try {
            return JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void delete(String... names) {
        for (String name : names) {
            try {
                Files.delete(directory.resolve(name));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
