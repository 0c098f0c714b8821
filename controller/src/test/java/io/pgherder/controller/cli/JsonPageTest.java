package io.pgherder.controller.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.sample.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What programs read has the fields that docs/commands.md promises, and no others. */
class JsonPageTest {
    private static final Set<String> OF_EVERY_EVENT = Set.of("at", "event", "cluster");
    private static final Set<String> OF_A_PLACE = Set.of("file", "line", "column");

    private final SimulatedAgents agents = new SimulatedAgents();
    private final Set<Set<String>> problems = new LinkedHashSet<>();
    private final String page;
    private final Prompt prompt;

    JsonPageTest(@TempDir Path directory) throws IOException {
        String commands = Files.readString(Path.of("../docs/commands.md"));
        page = commands.substring(commands.indexOf("## JSON"), commands.indexOf("## Saved plans"));
        prompt = Prompt.in(directory, agents);
    }

    @Test
    void validateOfAGoodFileAndABadOne() {
        String bad = prompt.write("bad.yaml", Prompt.ORDERS.replace("primary: pg1", "primary: pg9"));

        assertThat(prompt.run("validate", prompt.orders(), bad, "-o", "json")).isEqualTo(2);

        assertThat(paths(document())).isEqualTo(promised("validate"));
        assertThat(problems).as("with a place").containsExactly(promisedOfAProblem());
    }

    @Test
    void ofAFleetPlanAndStatusAreOneDocumentEach() {
        String parts = prompt.write(
                "parts.yaml",
                Prompt.ORDERS
                        .replace("cluster: orders", "cluster: parts")
                        .replace("19", "29")
                        .replace("/pg/", "/parts/"));
        agents.silence("db2");

        for (String command : List.of("plan", "status")) {
            prompt.clear();
            prompt.run(command, prompt.orders(), "-o", "json");
            Set<String> ofOne = document().keySet();

            prompt.clear();
            prompt.run(command, prompt.orders(), parts, "-o", "json");
            JsonObject fleet = document();
            assertThat(fleet.keySet()).as(command).containsExactly("clusters");
            assertThat(fleet.getAsJsonArray("clusters"))
                    .hasSize(2)
                    .allSatisfy(cluster ->
                            assertThat(cluster.getAsJsonObject().keySet()).isEqualTo(ofOne));
            assertThat(fleet.getAsJsonArray("clusters").get(1).getAsJsonObject().get("cluster"))
                    .hasToString("\"parts\"");
        }
    }

    @Test
    void aDirectoryIsAFleetHoweverManyItHolds() {
        for (String command : List.of("plan", "status")) {
            prompt.clear();
            assertThat(prompt.run(command, prompt.path("."), "-o", "json")).isZero();

            assertThat(document().getAsJsonArray("clusters")).as(command).hasSize(1);
        }
    }

    @Test
    void planWithStepsAndARefusedOne() {
        assertThat(prompt.run("plan", prompt.orders(), "-o", "json")).isZero();
        Set<String> planned = paths(document());
        prompt.clear();
        agents.silence("db2");
        assertThat(prompt.run("plan", prompt.orders(), "-o", "json")).isEqualTo(4);
        JsonObject refused = document();

        assertThat(planned).isEqualTo(promised("plan"));
        assertThat(promised("plan")).containsAll(paths(refused));
        assertThat(refused.get("fingerprint").isJsonNull()).isTrue();
        assertThat(problems).as("without a place").containsExactly(promisedOfAProblemWithoutAPlace());
    }

    @Test
    void statusOfAClusterOfWhichAHostIsSilent() {
        prompt.run("apply", prompt.orders(), "--yes");
        agents.silence("db2");
        prompt.clear();

        assertThat(prompt.run("status", prompt.orders(), "-o", "json")).isZero();

        assertThat(paths(document())).isEqualTo(promised("status"));
        assertThat(problems).containsExactly(promisedOfAProblemWithoutAPlace());
    }

    @Test
    void driftOfAClusterOfWhichAHostIsSilent() {
        prompt.run("apply", prompt.orders(), "--yes");
        agents.stop(Orders.PG1);
        agents.silence("db2");
        prompt.clear();

        assertThat(prompt.run("drift", prompt.orders(), "-o", "json")).isEqualTo(3);

        assertThat(paths(document())).isEqualTo(promised("drift"));
        assertThat(problems).containsExactly(promisedOfAProblemWithoutAPlace());
    }

    @Test
    void driftOfAFileThatCannotBeUnderstoodHasTheSameFields() {
        prompt.run("apply", prompt.orders(), "--yes");
        prompt.clear();
        prompt.run("drift", prompt.orders(), "-o", "json");
        Set<String> compared = document().keySet();
        prompt.clear();
        String bad = prompt.write("bad.yaml", Prompt.ORDERS.replace("primary: pg1", "primary: pg9"));

        assertThat(prompt.run("drift", bad, "-o", "json")).isEqualTo(2);

        assertThat(document().keySet()).isEqualTo(compared);
        assertThat(document().get("problems").getAsJsonArray()).hasSize(1);
    }

    @Test
    void everyEventOfApply() {
        prompt.write("orders.yaml", Prompt.ORDERS);
        Map<String, Set<Set<String>>> seen = new TreeMap<>();
        agents.silence("db2");
        collect(seen, 4);
        agents.hear("db2");
        agents.fail("CloneStandby");
        collect(seen, 5);
        agents.interrupt("CloneStandby", prompt::pressCtrlC);
        collect(seen, 5);
        agents.carryOut("CloneStandby");
        agents.leaveRunning("CloneStandby");
        collect(seen, 0);
        agents.beBusyAtTheNextLook(Orders.PG2);
        collect(seen, 0);
        prompt.write("orders.yaml", Prompt.ORDERS.replace("nodes:\n", "settings: { work_mem: 5MB }\nnodes:\n"));
        agents.holdTheLock();
        collect(seen, 4);

        Map<String, Set<String>> promised = promisedEvents();
        assertThat(seen.keySet()).isEqualTo(promised.keySet());
        Set<Set<String>> ends = seen.remove("apply_finished");
        assertThat(ends).contains(promised.get("apply_finished")).contains(with("complete"));
        seen.forEach((event, fields) -> assertThat(fields).as(event).containsExactly(promised.get(event)));
    }

    /** The fields of each event of an apply that ends with this exit code. */
    private void collect(Map<String, Set<Set<String>>> seen, int exitCode) {
        prompt.clear();
        int code = prompt.run("apply", prompt.orders(), "--yes", "-o", "json");
        assertThat(code).as(prompt.err() + prompt.out()).isEqualTo(exitCode);
        List<JsonObject> events = prompt.out()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        events.forEach(event -> seen.computeIfAbsent(event.get("event").getAsString(), name -> new LinkedHashSet<>())
                .add(new TreeSet<>(event.keySet())));
        assertThat(events.get(events.size() - 1).get("event").getAsString()).isEqualTo("apply_finished");
    }

    private JsonObject document() {
        return JsonParser.parseString(prompt.out()).getAsJsonObject();
    }

    /** The paths of all fields, such as "nodes.name"; what problems hold is put aside. */
    private Set<String> paths(JsonElement element) {
        Set<String> paths = new TreeSet<>();
        collect("", element, paths);
        return paths;
    }

    private void collect(String prefix, JsonElement element, Set<String> paths) {
        if (element instanceof JsonArray array) {
            array.forEach(item -> collect(prefix, item, paths));
        } else if (element instanceof JsonObject object && object.has("tool_output")) {
            problems.add(new TreeSet<>(object.keySet()));
        } else if (element instanceof JsonObject object) {
            object.asMap().forEach((name, value) -> {
                paths.add(prefix + name);
                collect(prefix + name + ".", value, paths);
            });
        }
    }

    private Set<String> promised(String command) {
        String from = page.substring(page.indexOf("`" + command + " -o json`"));
        int begin = from.indexOf("```\n") + 4;
        return shape(from.substring(begin, from.indexOf("```", begin)));
    }

    private Set<String> promisedOfAProblem() {
        int begin = page.indexOf("{\"code\"");
        return shape(page.substring(begin, page.indexOf("}", begin) + 1));
    }

    private Set<String> promisedOfAProblemWithoutAPlace() {
        Set<String> fields = promisedOfAProblem();
        fields.removeAll(OF_A_PLACE);
        return fields;
    }

    private static Set<String> with(String... fields) {
        Set<String> all = new TreeSet<>(OF_EVERY_EVENT);
        all.addAll(List.of(fields));
        return all;
    }

    /** The paths of what the page writes like JSON: {@code {"name", "name": kind, "name": {...}, "name": [{...}]}}. */
    private static Set<String> shape(String text) {
        List<String> tokens = Pattern.compile("\"[^\"]*\"|[{},:\\[\\]]")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
        Set<String> paths = new TreeSet<>();
        Deque<String> above = new ArrayDeque<>();
        String name = "";
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.equals("{")) {
                above.push(name);
            } else if (token.equals("}")) {
                above.pop();
            } else if (token.startsWith("\"") && !isValue(tokens, i)) {
                name = above.peek() + (above.peek().isEmpty() ? "" : ".") + token.replace("\"", "");
                paths.add(name);
            }
        }
        return paths;
    }

    private static boolean isValue(List<String> tokens, int at) {
        return tokens.get(at - 1).equals(":");
    }

    /** From the table of apply: the fields of each event, those of every event among them. */
    private Map<String, Set<String>> promisedEvents() {
        Map<String, Set<String>> events = new HashMap<>();
        String apply = page.substring(page.indexOf("`apply -o json`"));
        apply.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            String[] cells = line.split("\\|", -1);
            Set<String> fields = with(words(cells[2]).toArray(String[]::new));
            words(cells[1]).forEach(event -> events.put(event, fields));
        });
        return new TreeMap<>(events);
    }

    private static Set<String> words(String cell) {
        return Pattern.compile("`([a-z_]+)`")
                .matcher(cell)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toSet());
    }
}
