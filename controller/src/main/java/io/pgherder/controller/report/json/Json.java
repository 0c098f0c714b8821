package io.pgherder.controller.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** JSON trees, built and printed without reflection. */
final class Json {
    private Json() {}

    static <T> JsonArray array(Collection<T> items, Function<T, JsonElement> element) {
        return array(items.stream().map(element));
    }

    static JsonArray array(Stream<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    /** Several clusters in one document. */
    static <T> JsonObject fleet(Collection<T> clusters, Function<T, JsonElement> element) {
        JsonObject json = new JsonObject();
        json.add("clusters", array(clusters, element));
        return json;
    }

    static JsonArray strings(Collection<String> texts) {
        return array(texts, JsonPrimitive::new);
    }

    static JsonElement text(Optional<?> value) {
        return value.<JsonElement>map(present -> new JsonPrimitive(present.toString()))
                .orElse(JsonNull.INSTANCE);
    }

    static JsonElement number(Optional<? extends Number> value) {
        return value.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
    }

    static JsonElement flag(Optional<Boolean> value) {
        return value.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
    }

    /** As a document: indented, with a line end. */
    static String document(JsonElement tree) {
        return print(tree, "  ") + "\n";
    }

    /** As an event: on one line, with its line end. */
    static String line(JsonElement tree) {
        return print(tree, "") + "\n";
    }

    private static String print(JsonElement tree, String indent) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setIndent(indent);
            writer.setHtmlSafe(false);
            print(tree, writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void print(JsonElement tree, JsonWriter writer) throws IOException {
        if (tree instanceof JsonObject object) {
            writer.beginObject();
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                writer.name(member.getKey());
                print(member.getValue(), writer);
            }
            writer.endObject();
        } else if (tree instanceof JsonArray array) {
            writer.beginArray();
            for (JsonElement element : array) {
                print(element, writer);
            }
            writer.endArray();
        } else if (tree instanceof JsonPrimitive primitive) {
            if (primitive.isBoolean()) {
                writer.value(primitive.getAsBoolean());
            } else if (primitive.isNumber()) {
                writer.value(primitive.getAsNumber());
            } else {
                writer.value(primitive.getAsString());
            }
        } else {
            writer.nullValue();
        }
    }
}
