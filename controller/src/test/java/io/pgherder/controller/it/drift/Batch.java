package io.pgherder.controller.it.drift;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Rows that do not disturb each other: they are brought about one after the other, told by one drift, and closed together. Afterwards
 * drift is clean, a second plan has nothing to do, and the topology file is as it was.
 */
public final class Batch {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final String name;
    private final List<Row> rows;
    private final boolean isLast;

    private Batch(String name, List<Row> rows, boolean isLast) {
        this.name = name;
        this.rows = List.copyOf(rows);
        this.isLast = isLast;
    }

    public static Batch of(String name, Row... rows) {
        return new Batch(name, List.of(rows), false);
    }

    /** On a cluster that nobody needs afterwards: its topology file stays as it has become. */
    public static Batch once(Row row) {
        return new Batch(row.name(), List.of(row), true);
    }

    public String name() {
        return name;
    }

    public Stream<Row> rows() {
        return rows.stream();
    }

    /** A test for each row, one that nothing else is told, and one that all of it is closed. */
    public DynamicContainer on(TestCluster cluster) {
        Trial trial = new Trial(cluster);
        Stream<DynamicTest> told = rows.stream().map(row -> dynamicTest(row.name(), () -> trial.assertTold(row)));
        return dynamicContainer(
                name,
                Stream.concat(
                        told,
                        Stream.of(
                                dynamicTest(name + ": nothing else is told", trial::assertNothingElse),
                                dynamicTest(name + ": closed", trial::close))));
    }

    private final class Trial {
        private final TestCluster cluster;
        private final Map<Row, Throwable> mishaps = new HashMap<>();
        private String topology = "";
        private Optional<List<JsonObject>> found = Optional.empty();

        Trial(TestCluster cluster) {
            this.cluster = cluster;
        }

        void assertTold(Row row) throws Throwable {
            List<JsonObject> all = differences();
            if (mishaps.containsKey(row)) {
                throw mishaps.get(row);
            }
            assertThat(missing(row, all))
                    .as("%s%nis not told as expected; told beside the rows:%n%s", row.name(), words(strange(all)))
                    .isEmpty();
        }

        void assertNothingElse() throws IOException {
            List<JsonObject> strange = strange(differences());
            assertThat(words(strange)).as("told beside the rows").isEqualTo("nothing");
            if (rows.stream().allMatch(row -> row.told().isEmpty())) {
                assertNothingToDo();
            }
        }

        void close() throws Exception {
            differences();
            for (Row row : lastFirst()) {
                if (row.mending().isPresent()) {
                    row.mending().get().by(new Hands(cluster));
                }
            }
            if (rows.stream().anyMatch(row -> row.mending().isEmpty())) {
                assertAppliedByTheMildestMeans();
                Result drift = cluster.pgherder("drift").run();
                assertThat(drift.exitCode()).as(drift.toString()).isZero();
            } else {
                awaitInSync();
            }
            assertNothingToDo();
            if (!isLast && !Files.readString(cluster.topologyFile()).equals(topology)) {
                Files.writeString(cluster.topologyFile(), topology);
                assertApplied(cluster);
            }
        }

        /** Whoever need not start anew goes on as the process that it was. */
        private void assertAppliedByTheMildestMeans() {
            Set<Map.Entry<String, Set<Long>>> before =
                    Set.copyOf(cluster.postmasters().entrySet());
            assertApplied(cluster);
            assertThat(cluster.postmasters().entrySet().stream()
                            .filter(node -> !before.contains(node))
                            .map(Map.Entry::getKey))
                    .as("nodes that have another process than before")
                    .containsExactlyInAnyOrderElementsOf(rows.stream()
                            .flatMap(row -> row.newProcesses().stream())
                            .collect(Collectors.toSet()));
        }

        /** What came last may be in the way of mending what came before. */
        private List<Row> lastFirst() {
            List<Row> reversed = new ArrayList<>(rows);
            Collections.reverse(reversed);
            return reversed;
        }

        /** What is done by hand takes effect a moment later. */
        private void awaitInSync() {
            Result[] last = new Result[1];
            try {
                Eventually.await("drift is clean", SOON, () -> {
                    last[0] = cluster.pgherder("drift").run();
                    return last[0].exitCode() == 0;
                });
            } catch (AssertionError tooLate) {
                throw new AssertionError(String.valueOf(last[0]), tooLate);
            }
        }

        private void assertNothingToDo() {
            Result plan = cluster.pgherder("plan", "--detailed-exitcode").run();
            assertThat(plan.exitCode()).as(plan.toString()).isZero();
            assertThat(plan.stdout()).contains("Nothing to do: ");
        }

        /** Looked at until all is told, because servers take a moment to come to differ; else as told last. */
        private List<JsonObject> differences() throws IOException {
            if (found.isEmpty()) {
                topology = Files.readString(cluster.topologyFile());
                rows.forEach(this::bringAbout);
                try {
                    Eventually.await("drift tells all of it, and nothing else", SOON, this::isToldAsExpected);
                } catch (AssertionError tooLate) {
                    assertThat(found).as(tooLate.getMessage()).isPresent();
                }
            }
            return found.orElseThrow();
        }

        private void bringAbout(Row row) {
            try {
                row.cause().by(new Hands(cluster));
            } catch (Exception | AssertionError mishap) {
                mishaps.put(row, mishap);
            }
        }

        private boolean isToldAsExpected() {
            Result drift = cluster.pgherder("drift", "-o", "json").run();
            assertThat(drift.stdout()).as(drift.toString()).isNotEmpty();
            List<JsonObject> all = StreamSupport.stream(
                            JsonParser.parseString(drift.stdout())
                                    .getAsJsonObject()
                                    .getAsJsonArray("differences")
                                    .spliterator(),
                            false)
                    .map(JsonElement::getAsJsonObject)
                    .filter(difference -> !isOfOtherTests(difference))
                    .toList();
            found = Optional.of(all);
            return strange(all).isEmpty()
                    && rows.stream().allMatch(row -> missing(row, all).isEmpty());
        }

        /** Instances of theirs run on this machine, which is no host of theirs alone. */
        private boolean isOfOtherTests(JsonObject difference) {
            return difference.get("kind").getAsString().equals(DriftKind.UNDECLARED_INSTANCE.word())
                    && !difference
                            .get("observed")
                            .getAsString()
                            .contains(cluster.home().dataRoot().toString());
        }

        private List<Told> missing(Row row, List<JsonObject> all) {
            Places places = new Places(cluster);
            return row.told().stream()
                    .filter(expected -> all.stream().noneMatch(difference -> expected.is(difference, places)))
                    .toList();
        }

        /** What no row expects. */
        private List<JsonObject> strange(List<JsonObject> all) {
            Places places = new Places(cluster);
            List<JsonObject> strange = new ArrayList<>(all);
            rows.stream()
                    .flatMap(row -> row.told().stream())
                    .forEach(expected -> strange.removeIf(difference -> expected.is(difference, places)));
            return strange;
        }

        private static String words(List<JsonObject> differences) {
            return differences.isEmpty()
                    ? "nothing"
                    : differences.stream().map(Told::found).collect(Collectors.joining("\n"));
        }
    }
}
