package io.pgherder.controller.topology.yaml;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pgherder.controller.topology.yaml.draft.Key;
import io.pgherder.controller.topology.yaml.draft.TopologyKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The published schema and the reader know the same keys, of the same types, written the same way. */
class SchemaTest {
    private static final String TEXT = Documents.read(Documents.at("docs/topology.schema.json"));
    private static final JsonObject SCHEMA = JsonParser.parseString(TEXT).getAsJsonObject();
    private static final Schema VALIDATOR = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    @SuppressWarnings("UnusedVariable")
    private static final List<Key> KEYS = TopologyKeys.ALL;

    @ParameterizedTest
    @FieldSource("KEYS")
    void keyOfTheReaderIsInTheSchema(Key key) {
        JsonObject declared = at(key.path()).orElseThrow(() -> new AssertionError("not in the schema: " + key.path()));

        assertThat(declared.has("description"))
                .as("description of " + key.path())
                .isTrue();
        assertThat(types(declared)).as("type of " + key.path()).contains(typeOf(key));
        assertThat(words(declared)).as("words of " + key.path()).isEqualTo(new HashSet<>(key.words()));
        if (key.kind() == Key.Kind.NUMBER) {
            assertThat(number(declared, "minimum", Integer.MIN_VALUE))
                    .as(key.path())
                    .isEqualTo(key.least());
            assertThat(number(declared, "maximum", Integer.MAX_VALUE))
                    .as(key.path())
                    .isEqualTo(key.most());
        }
        key.format()
                .ifPresent(format -> assertThat(pattern(declared))
                        .as("pattern of " + key.path())
                        .isEqualTo("^(?:" + format.expression() + ")$"));
    }

    @Test
    void keysOfTheSchemaAreKnownToTheReader() {
        Set<String> inSchema = new TreeSet<>();
        collect(SCHEMA, "", inSchema);

        assertThat(inSchema)
                .isEqualTo(
                        new TreeSet<>(TopologyKeys.ALL.stream().map(Key::path).toList()));
    }

    @Test
    void whatTheReaderRequiresTheSchemaRequiresToo() {
        Set<String> byReader = new TreeSet<>(
                TopologyKeys.ALL.stream().filter(Key::required).map(Key::path).toList());
        Set<String> bySchema = new TreeSet<>();
        collectRequired(SCHEMA.getAsJsonObject("$defs").getAsJsonObject("complete"), "", bySchema);
        collectRequired(SCHEMA, "", bySchema);

        assertThat(bySchema).isEqualTo(byReader);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inventories/t5.yaml",
                "inventories/examples/common.yaml",
                "inventories/examples/orders.yaml",
                "inventories/examples/telemetry.yaml"
            })
    void inventoryIsValid(String inventory) {
        assertThat(VALIDATOR.validate(Documents.read(Documents.at(inventory)), InputFormat.YAML))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prot: 1922",
                "port: 80",
                "port: mine",
                "port: 1922, clone: { checkpoint: spred }",
                "port: 1922, data_dir: data/here",
                "port: 1922, settings: { work_mem: [4MB] }"
            })
    void spoiltNodeIsNotValid(String spoilt) {
        String sound = OrdersFile.SOUND;

        assertThat(VALIDATOR.validate(sound, InputFormat.YAML)).isEmpty();
        assertThat(VALIDATOR.validate(sound.replace("port: 1922", spoilt), InputFormat.YAML))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lag: 64MB", "lag: 0.5 GB", "replay_lag: 1.5h", "slot_wal: 999999999999999B", "{}"})
    void soundLimitIsValid(String limit) {
        assertThat(VALIDATOR.validate(withLimit(limit), InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lag: 64", "lag: 64mb", "lag: 0MB", "lag: 010MB", "replay_lag: 30MB", "slot_wall: 10GB"})
    void spoiltLimitIsNotValid(String limit) {
        assertThat(VALIDATOR.validate(withLimit(limit), InputFormat.YAML)).isNotEmpty();
    }

    private static String withLimit(String limit) {
        return OrdersFile.SOUND + "limits: " + (limit.equals("{}") ? limit : "{ " + limit + " }") + "\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster: orders", "primary: pg1", "postgres: { version: 15 }"})
    void fileWithoutWhatItNeedsIsNotValidUnlessItExtendsAnother(String needed) {
        String without = OrdersFile.SOUND.replace(needed + "\n", "");

        assertThat(VALIDATOR.validate(without + "extends: common.yaml\n", InputFormat.YAML))
                .isEmpty();
        if (!needed.startsWith("cluster")) {
            assertThat(VALIDATOR.validate(without, InputFormat.YAML)).isNotEmpty();
        }
    }

    /** The schema of a key, references followed. */
    private static Optional<JsonObject> at(String path) {
        JsonObject here = SCHEMA;
        for (String name : path.split("\\.", -1)) {
            JsonObject map = mapIn(here);
            JsonElement next = name.equals("*")
                    ? map.get("additionalProperties")
                    : Optional.ofNullable(map.getAsJsonObject("properties"))
                            .map(properties -> properties.get(name))
                            .orElse(null);
            if (next == null || !next.isJsonObject()) {
                return Optional.empty();
            }
            here = resolved(next.getAsJsonObject());
        }
        return Optional.of(here);
    }

    /** Follows a reference; what stands beside it is kept. */
    private static JsonObject resolved(JsonObject schema) {
        if (!schema.has("$ref")) {
            return schema;
        }
        String name = schema.get("$ref").getAsString().replace("#/$defs/", "");
        JsonObject whole = SCHEMA.getAsJsonObject("$defs").getAsJsonObject(name).deepCopy();
        schema.entrySet().forEach(beside -> whole.add(beside.getKey(), beside.getValue()));
        return whole;
    }

    /** Of a choice, the map. */
    private static JsonObject mapIn(JsonObject schema) {
        for (JsonObject choice : choices(schema)) {
            if (choice.has("properties") || choice.has("additionalProperties")) {
                return choice;
            }
        }
        return schema;
    }

    private static List<JsonObject> choices(JsonObject schema) {
        List<JsonObject> choices = new ArrayList<>();
        if (schema.has("oneOf")) {
            schema.getAsJsonArray("oneOf").forEach(choice -> choices.add(choice.getAsJsonObject()));
        } else {
            choices.add(schema);
        }
        return choices;
    }

    private static void collect(JsonObject schema, String path, Set<String> found) {
        JsonObject map = mapIn(schema);
        if (map.has("properties")) {
            map.getAsJsonObject("properties")
                    .entrySet()
                    .forEach(entry -> into(entry.getValue(), path, entry.getKey(), found));
        }
        if (map.has("additionalProperties") && map.get("additionalProperties").isJsonObject()) {
            into(map.get("additionalProperties"), path, "*", found);
        }
    }

    private static void into(JsonElement schema, String path, String name, Set<String> found) {
        String deeper = path.isEmpty() ? name : path + "." + name;
        found.add(deeper);
        collect(resolved(schema.getAsJsonObject()), deeper, found);
    }

    private static void collectRequired(JsonObject schema, String path, Set<String> found) {
        JsonObject map = mapIn(schema);
        strings(map.getAsJsonArray("required")).forEach(name -> found.add(path.isEmpty() ? name : path + "." + name));
        if (map.has("properties")) {
            map.getAsJsonObject("properties").entrySet().forEach(entry -> {
                String deeper = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                collectRequired(resolved(entry.getValue().getAsJsonObject()), deeper, found);
            });
        }
        if (map.has("additionalProperties") && map.get("additionalProperties").isJsonObject()) {
            collectRequired(resolved(map.getAsJsonObject("additionalProperties")), path + ".*", found);
        }
    }

    private static String typeOf(Key key) {
        return switch (key.kind()) {
            case SECTION, NAMES, SECRET -> "object";
            case LIST -> "array";
            case TEXT -> "string";
            case NUMBER -> "integer";
            case FLAG -> "boolean";
        };
    }

    private static Set<String> types(JsonObject schema) {
        Set<String> types = new HashSet<>();
        for (JsonObject choice : choices(schema)) {
            if (!choice.has("type")) {
                types.add("string");
            } else if (choice.get("type").isJsonArray()) {
                types.addAll(strings(choice.getAsJsonArray("type")));
            } else {
                types.add(choice.get("type").getAsString());
            }
        }
        return types;
    }

    private static Set<String> words(JsonObject schema) {
        Set<String> words = new HashSet<>();
        choices(schema).forEach(choice -> words.addAll(strings(choice.getAsJsonArray("enum"))));
        return words;
    }

    private static String pattern(JsonObject schema) {
        JsonObject holder = Stream.of("propertyNames", "items")
                .filter(schema::has)
                .map(schema::getAsJsonObject)
                .findFirst()
                .orElse(schema);
        return holder.has("pattern") ? holder.get("pattern").getAsString() : "";
    }

    private static int number(JsonObject schema, String key, int otherwise) {
        return schema.has(key) ? schema.get(key).getAsInt() : otherwise;
    }

    private static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        if (array != null) {
            array.forEach(each -> strings.add(each.getAsString()));
        }
        return strings;
    }
}
