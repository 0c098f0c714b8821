package io.pgherder.controller.planfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.planfile.SavedPlan.SavedStep;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.problem.ShellCommand;
import io.pgherder.controller.wholefile.UnwritableException;
import io.pgherder.controller.wholefile.WholeFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A saved plan on disk: JSON with {@code "format": 1}, written whole or not at all. */
public final class PlanFile {
    private static final Pattern BEGINNING = Pattern.compile("\\{\\s*\"format\"\\s*:");
    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");
    private static final int FORMAT = 1;
    private static final int LARGEST_BYTES = 16 << 20;

    private final Path path;
    private final WholeFile file;

    public PlanFile(Path path) {
        this.path = path;
        this.file = WholeFile.ofKind(path, "saved plan", BEGINNING);
    }

    /** @throws ProblemsException if it cannot be written, or something else is there that is no saved plan; nothing is changed */
    public void tryOut() {
        try {
            file.tryOut();
        } catch (UnwritableException e) {
            throw failure(e);
        }
    }

    /** @throws ProblemsException if it cannot be written, or something else is there that is no saved plan */
    public void write(SavedPlan plan) {
        try {
            file.write(json(plan));
        } catch (UnwritableException e) {
            throw failure(e);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write JSON into memory", e);
        }
    }

    private ProblemsException failure(UnwritableException e) {
        return new ProblemsException(Problem.of(PlanFileProblem.UNWRITABLE, "cannot write the plan to " + path)
                .detail(e.reason())
                .hint(e.hint()));
    }

    private static String json(SavedPlan plan) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.beginObject();
            json.name("format").value(FORMAT);
            json.name("topology").value(plan.topology());
            json.name("topology_digest").value(plan.digest());
            json.name("cluster").value(plan.cluster());
            json.name("system_identifier").value(plan.systemIdentifier().orElse(null));
            json.name("limit").beginArray();
            for (NodeName node : plan.scope().limit().nodes()) {
                json.value(node.value());
            }
            json.endArray();
            json.name("prune").value(plan.scope().prunes());
            json.name("fingerprint").value(plan.fingerprint());
            json.name("steps").beginArray();
            for (SavedStep step : plan.steps()) {
                write(json, step);
            }
            json.endArray();
            json.endObject();
        }
        return text + "\n";
    }

    private static void write(JsonWriter json, SavedStep step) throws IOException {
        json.beginObject();
        json.name("id").value(step.number());
        json.name("node").value(step.node());
        json.name("action").value(step.action());
        json.name("words").value(step.words());
        json.name("reason").value(step.reason());
        json.name("after").beginArray();
        for (int number : step.after()) {
            json.value(number);
        }
        json.endArray();
        json.name("impact").value(step.impact());
        json.name("fingerprint").value(step.fingerprint());
        json.endObject();
    }

    /** @throws ProblemsException if it cannot be read, or is no plan that this pgherder knows */
    public SavedPlan read() {
        try {
            JsonElement tree = JsonParser.parseString(text());
            if (!(tree instanceof JsonObject object) || !object.has("format")) {
                throw notAPlan("it has no \"format\"");
            }
            int format = object.get("format").getAsInt();
            if (format > FORMAT) {
                throw newer(format);
            }
            return plan(object);
        } catch (MalformedInputException e) {
            throw notAPlan("it is not text");
        } catch (IOException e) {
            throw unreadable(file.reason(e), path.toString());
        } catch (JsonParseException e) {
            throw notAPlan(noJson(e));
        } catch (IllegalStateException | UnsupportedOperationException e) {
            throw notAPlan("a value in it is of another kind than in a plan");
        } catch (NumberFormatException e) {
            throw notAPlan("a number is none: " + e.getMessage());
        }
    }

    /** Of a regular file of a reasonable size: others may have no end. */
    private String text() throws IOException {
        if (Files.isDirectory(path)) {
            throw unreadable(WholeFile.DIRECTORY, "FILE");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw unreadable(WholeFile.IRREGULAR, "FILE");
        }
        long size = Files.size(path);
        if (size > LARGEST_BYTES) {
            throw tooLarge(size);
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw tooLarge(bytes.length);
            }
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }

    private ProblemsException tooLarge(long bytes) {
        return notAPlan(String.format(
                Locale.ROOT, "it has %,d bytes; %,d are accepted, and it was not read", bytes, LARGEST_BYTES));
    }

    private ProblemsException unreadable(String reason, String instead) {
        return new ProblemsException(Problem.of(PlanFileProblem.UNREADABLE, "cannot read the plan " + path)
                .detail(reason)
                .hint("\"" + planInto(instead) + "\" writes one"));
    }

    /** The parser's own words name classes, and what to switch on in it. */
    private static String noJson(JsonParseException e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        String where = place.find() ? " at line " + place.group(1) + ", column " + place.group(2) : "";
        return e.getCause() instanceof EOFException ? "it ends in the middle" + where : "it is not JSON" + where;
    }

    private SavedPlan plan(JsonObject json) {
        List<SavedStep> steps = new ArrayList<>();
        if (!(json.get("steps") instanceof JsonArray array)) {
            throw notAPlan("it has no \"steps\"");
        }
        for (JsonElement element : array) {
            steps.add(step(element.getAsJsonObject()));
        }
        JsonElement system = json.get("system_identifier");
        return new SavedPlan(
                text(json, "topology"),
                text(json, "topology_digest"),
                text(json, "cluster"),
                system == null || system.isJsonNull() ? Optional.empty() : Optional.of(system.getAsString()),
                new Scope(limit(json), prunes(json)),
                text(json, "fingerprint"),
                steps);
    }

    /** Absent: no. */
    private static boolean prunes(JsonObject json) {
        return json.get("prune") instanceof JsonPrimitive prune && prune.getAsBoolean();
    }

    /** Absent: no limit. */
    private Limit limit(JsonObject json) {
        List<NodeName> nodes = new ArrayList<>();
        if (json.get("limit") instanceof JsonArray names) {
            for (JsonElement name : names) {
                if (!NodeName.isValid(name.getAsString())) {
                    throw notAPlan("its \"limit\" has what is not the name of a node");
                }
                nodes.add(new NodeName(name.getAsString()));
            }
        }
        return new Limit(nodes);
    }

    private SavedStep step(JsonObject json) {
        List<Integer> after = new ArrayList<>();
        if (json.get("after") instanceof JsonArray numbers) {
            numbers.forEach(number -> after.add(number.getAsInt()));
        }
        return new SavedStep(
                Integer.parseInt(text(json, "id")),
                text(json, "node"),
                text(json, "action"),
                text(json, "words"),
                text(json, "reason"),
                after,
                text(json, "impact"),
                text(json, "fingerprint"));
    }

    private String text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            throw notAPlan("it has no \"" + name + "\"");
        }
        return value.getAsString();
    }

    private ProblemsException notAPlan(String why) {
        return new ProblemsException(Problem.of(PlanFileProblem.NOT_A_PLAN, path + " is not a saved plan")
                .detail(why)
                .hint("\"" + planInto("FILE") + "\" writes one; is this the right file, and complete?"));
    }

    private ProblemsException newer(int format) {
        return new ProblemsException(Problem.of(PlanFileProblem.NEWER_FORMAT, path + " was written by a newer pgherder")
                .detail("its format is " + format + ", the newest known here is " + FORMAT)
                .hint("apply it with the pgherder that made it, or plan again with this one"));
    }

    private static String planInto(String file) {
        return ShellCommand.pgherder("plan", "TOPOLOGY", "--out", file);
    }
}
