package io.pgherder.controller.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Note;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.planfile.PlanFingerprint;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.report.NodeChange;
import io.pgherder.controller.report.PlanImpact;
import io.pgherder.controller.report.PlanReport;
import java.util.List;
import java.util.Optional;

/**
 * {@code {"cluster", "system_identifier", "limit": [...], "fingerprint", "nodes": [...], "steps": [...], "impact", "refusals": [...],
 * "notes": [...], "matches", "left_to_you": [...]}}.
 */
public final class PlanJson {
    private PlanJson() {}

    public static String render(PlanReport report) {
        return Json.document(of(report));
    }

    /** Of a fleet: {@code {"clusters": [...]}}. */
    public static String renderFleet(List<PlanReport> reports) {
        return Json.document(Json.fleet(reports, PlanJson::of));
    }

    static JsonObject of(PlanReport report) {
        PlanImpact impacts = new PlanImpact(report);
        JsonObject json = new JsonObject();
        json.addProperty("cluster", report.plan().cluster());
        json.add("system_identifier", Json.text(report.plan().systemIdentifier()));
        json.addProperty("topology", report.file().displayPath());
        json.add(
                "limit",
                Json.strings(report.plan().scope().limit().nodes().stream()
                        .map(NodeName::value)
                        .toList()));
        json.addProperty("prune", report.plan().scope().prunes());
        json.add(
                "fingerprint",
                report.plan().isRefused() ? JsonNull.INSTANCE : new JsonPrimitive(PlanFingerprint.of(report.plan())));
        json.addProperty("agents", report.look().agents());
        json.addProperty("agents_answered", report.look().agentsThatAnswered());
        json.add("nodes", Json.array(report.changes(), PlanJson::node));
        json.add("steps", Json.array(report.plan().steps(), step -> step(report, impacts, step)));
        json.addProperty("impact", impacts.worst().words());
        json.add("refusals", Json.array(report.plan().refusals(), ProblemJson::of));
        json.add(
                "notes",
                Json.strings(report.plan().notes().stream().map(Note::text).toList()));
        json.add("matches", Json.flag(report.matches()));
        json.add("left_to_you", leftToAPerson(report));
        return json;
    }

    /** As a drift has them. */
    static JsonArray leftToAPerson(PlanReport report) {
        return Json.array(
                report.leftToAPerson(),
                difference -> DriftJson.difference(difference, report.file().placeOf(difference.path())));
    }

    private static JsonObject node(NodeChange change) {
        JsonObject json = new JsonObject();
        json.addProperty("node", change.node().value());
        json.addProperty("change", change.kind().word());
        json.addProperty("what", change.what());
        return json;
    }

    private static JsonObject step(PlanReport report, PlanImpact impacts, Step step) {
        JsonObject json = new JsonObject();
        json.addProperty("id", step.number());
        json.addProperty("node", step.action().node().value());
        json.addProperty("action", step.action().verb());
        json.addProperty("words", step.action().words());
        json.addProperty("reason", step.reason().text());
        Optional<Place> place = step.reason().declared().flatMap(report.file()::placeOf);
        json.add("file", Json.text(place.map(Place::file)));
        json.add("line", Json.number(place.map(Place::line)));
        json.add("after", Json.array(step.after(), JsonPrimitive::new));
        json.addProperty("impact", impacts.of(step).words());
        return json;
    }
}
