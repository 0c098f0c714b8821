package io.pgherder.controller.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.DriftEvent;
import io.pgherder.controller.sample.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Every event of {@code drift --watch -o json} has the fields that docs/commands.md promises, and no others. */
@Timeout(60)
class DriftEventsPageTest {
    private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");
    private static final String PARTS = Prompt.ORDERS
            .replace("cluster: orders", "cluster: parts")
            .replace("port: 19", "port: 29")
            .replace("/pg/", "/parts/");

    private final SimulatedFleet agents = new SimulatedFleet();
    private final Path directory;
    private final Prompt prompt;

    DriftEventsPageTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
    }

    @Test
    void everyEventIsOnThePage() throws IOException {
        prompt.write("orders.yaml", Prompt.ORDERS.replace("nodes:\n", "settings: { work_mem: 4MB }\nnodes:\n"));
        agents.atTheNextLooksAt(
                "orders",
                () -> {},
                () -> alter("8MB"),
                () -> alter("9MB"),
                () -> agents.silence("db2"),
                () -> {
                    agents.hear("db2");
                    alter("4MB");
                    prompt.write("parts.yaml", PARTS);
                },
                () -> prompt.write("parts.yaml", PARTS.replace("primary: pg1", "primary: pg7")),
                () -> prompt.write("parts.yaml", PARTS),
                () -> delete("parts.yaml"),
                () -> {
                    throw new ProblemsException(Problem.of("CLI-004", "no certificates"));
                },
                () -> delete("orders.yaml"));
        Thread operator = new Thread(() -> {
            awaitSaid("run_failed");
            agents.atTheNextLooksAt("orders", () -> {}, prompt::pressCtrlC);
            prompt.write("orders.draft", Prompt.ORDERS);
            rename("orders.draft", "orders.yaml");
        });
        operator.start();

        new CommandLine(new DriftCommand(prompt.surroundings(), Duration.ofMillis(1)))
                .execute(directory.toString(), "--watch", "1ms", "-o", "json");

        Map<String, Set<Set<String>>> seen = new TreeMap<>();
        prompt.out()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .forEach(event -> seen.computeIfAbsent(event.get("event").getAsString(), name -> new LinkedHashSet<>())
                        .add(fields(event)));
        Map<String, Set<String>> promised = promised();
        Set<String> known =
                Arrays.stream(DriftEvent.values()).map(DriftEvent::word).collect(Collectors.toCollection(TreeSet::new));
        known.add("run_finished");
        assertThat(promised.keySet()).isEqualTo(known);
        assertThat(seen.keySet()).isEqualTo(known);
        seen.forEach((event, fields) -> assertThat(fields).as(event).containsExactly(promised.get(event)));
    }

    private void alter(String workMem) {
        agents.cluster("orders").node(Orders.PG1).alterSystem("work_mem", workMem);
    }

    private static Set<String> fields(JsonObject event) {
        return new TreeSet<>(event.keySet());
    }

    private static Map<String, Set<String>> promised() throws IOException {
        String page = Files.readString(Path.of("../docs/commands.md"));
        String section = page.substring(page.indexOf("`drift --watch -o json`"), page.indexOf("`plan -o json`;"));
        Map<String, Set<String>> events = new TreeMap<>();
        section.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            String[] cells = line.split("\\|", -1);
            Set<String> fields = words(cells[2]);
            fields.addAll(Set.of("at", "event"));
            words(cells[1]).forEach(event -> events.put(event, fields));
        });
        return events;
    }

    /** What is said behind a colon names other events, and no fields. */
    private static Set<String> words(String cell) {
        return WORD.matcher(cell.replaceFirst(": .*", ""))
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void awaitSaid(String words) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!prompt.out().contains(words)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never said: " + words);
            }
            Thread.onSpinWait();
        }
    }

    private void delete(String name) {
        try {
            Files.delete(directory.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void rename(String from, String to) {
        try {
            Files.move(directory.resolve(from), directory.resolve(to));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
