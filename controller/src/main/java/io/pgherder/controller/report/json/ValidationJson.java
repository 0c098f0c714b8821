package io.pgherder.controller.report.json;

import com.google.gson.JsonObject;
import io.pgherder.controller.report.ValidationReport;
import java.util.List;

/** {@code {"valid", "topologies": [{"file", "valid", "cluster", "notes", "problems"}]}}. */
public final class ValidationJson {
    private ValidationJson() {}

    public static String render(List<ValidationReport> reports) {
        JsonObject json = new JsonObject();
        json.addProperty("valid", reports.stream().allMatch(ValidationReport::isValid));
        json.add("topologies", Json.array(reports, ValidationJson::one));
        return Json.document(json);
    }

    private static JsonObject one(ValidationReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("file", report.path());
        json.addProperty("valid", report.isValid());
        json.add("cluster", Json.text(report.file().map(file -> file.topology().cluster())));
        json.add("notes", Json.strings(report.file().map(file -> file.notes()).orElse(List.of())));
        json.add("problems", Json.array(report.problems(), ProblemJson::of));
        return json;
    }
}
