package io.pgherder.controller.report.json;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.report.DriftRun;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;
import java.util.Optional;

/**
 * {@code {"cluster", "topology", "system_identifier", "limit": [...], "agents", "agents_answered", "in_sync", "nodes": [...],
 * "differences": [...], "unseen": [...], "refusals": [...], "problems": [...]}}. Of a file that cannot be understood, or a cluster that could not be looked at,
 * only {@code topology} and {@code problems} say anything.
 */
public final class DriftJson {
    private DriftJson() {}

    public static String render(DriftOutcome outcome) {
        return Json.document(of(outcome));
    }

    /** Of a fleet: {@code {"clusters": [...]}}. */
    public static String renderFleet(List<DriftOutcome> outcomes) {
        return Json.document(Json.fleet(outcomes, DriftJson::of));
    }

    /** The last result of a program that runs on: {@code {"at", "elapsed_ms", "clusters": [...]}}. */
    public static String renderRun(DriftRun run) {
        JsonObject json = new JsonObject();
        json.addProperty("at", run.at().toString());
        json.addProperty("elapsed_ms", run.elapsed().toMillis());
        json.add("clusters", Json.array(run.outcomes(), DriftJson::of));
        return Json.document(json);
    }

    static JsonObject of(DriftOutcome outcome) {
        if (outcome instanceof DriftOutcome.Compared compared) {
            return compared(compared);
        }
        if (outcome instanceof DriftOutcome.Failed failed) {
            return notCompared(failed.path(), failed.cluster(), failed.problems());
        }
        if (outcome instanceof DriftOutcome.Invalid invalid) {
            return notCompared(invalid.path(), invalid.cluster(), invalid.problems());
        }
        throw new AssertionError(outcome);
    }

    private static JsonObject compared(DriftOutcome.Compared compared) {
        DriftReport report = compared.report();
        ClusterDrift drift = report.drift();
        JsonObject json = new JsonObject();
        json.addProperty("cluster", report.look().cluster());
        json.addProperty("topology", compared.path());
        json.add("system_identifier", Json.text(report.look().systemIdentifier()));
        json.add(
                "limit",
                Json.strings(
                        report.limit().nodes().stream().map(NodeName::value).toList()));
        json.addProperty("agents", report.look().agents());
        json.addProperty("agents_answered", report.look().agentsThatAnswered());
        json.addProperty("in_sync", drift.isInSync());
        json.add("nodes", Json.array(report.nodes(), node -> node(drift, node)));
        json.add(
                "differences",
                Json.array(
                        drift.differences(),
                        difference ->
                                difference(difference, report.look().file().placeOf(difference.path()))));
        json.add("unseen", Json.array(drift.unseen(), DriftJson::unseen));
        json.add("refusals", Json.array(report.refusals(), ProblemJson::of));
        json.add("problems", Json.array(List.of(), ProblemJson::of));
        return json;
    }

    private static JsonObject notCompared(String path, Optional<String> cluster, List<Problem> problems) {
        JsonObject json = new JsonObject();
        json.add("cluster", Json.text(cluster));
        json.addProperty("topology", path);
        json.add("system_identifier", JsonNull.INSTANCE);
        json.add("limit", Json.strings(List.of()));
        json.addProperty("agents", 0);
        json.addProperty("agents_answered", 0);
        json.addProperty("in_sync", false);
        json.add("nodes", Json.strings(List.of()));
        json.add("differences", Json.strings(List.of()));
        json.add("unseen", Json.strings(List.of()));
        json.add("refusals", Json.strings(List.of()));
        json.add("problems", Json.array(problems, ProblemJson::of));
        return json;
    }

    private static JsonObject node(ClusterDrift drift, NodeSpec node) {
        JsonObject json = new JsonObject();
        json.addProperty("node", node.name().value());
        json.addProperty("outcome", drift.outcome(node.name()).word());
        return json;
    }

    static JsonObject difference(Difference difference, Optional<Place> place) {
        JsonObject json = new JsonObject();
        addTo(json, difference, place);
        return json;
    }

    /** @param place of its path in the file */
    static void addTo(JsonObject json, Difference difference, Optional<Place> place) {
        addTo(json, difference.subject());
        json.addProperty("kind", difference.kind().word());
        json.addProperty("path", difference.path().text());
        json.addProperty("declared", difference.declared());
        json.addProperty("observed", difference.observed());
        json.add("cause", Json.text(difference.cause()));
        json.add("by_hand", Json.text(difference.byHand()));
        json.add("file", Json.text(place.map(Place::file)));
        json.add("line", Json.number(place.map(Place::line)));
    }

    static void addTo(JsonObject json, Subject subject) {
        json.add("node", Json.text(subject.node()));
        json.addProperty("host", subject.host());
    }

    private static JsonObject unseen(Unseen unseen) {
        JsonObject json = new JsonObject();
        addTo(json, unseen.subject());
        json.add("problem", ProblemJson.of(unseen.why()));
        return json;
    }
}
