package io.pgherder.controller.report.json;

import com.google.gson.JsonObject;
import io.pgherder.controller.problem.Problem;

/** A problem: {@code {"code", "summary", "details", "hint", "subject", "file", "line", "column", "tool_output"}}. */
final class ProblemJson {
    private ProblemJson() {}

    static JsonObject of(Problem problem) {
        JsonObject json = new JsonObject();
        json.addProperty("code", problem.code());
        json.addProperty("summary", problem.summary());
        json.add("details", Json.strings(problem.details()));
        json.addProperty("hint", problem.hint());
        json.addProperty("subject", problem.subject());
        problem.place().ifPresent(place -> {
            json.addProperty("file", place.file());
            json.addProperty("line", place.line());
            json.addProperty("column", place.column());
        });
        json.add("tool_output", Json.strings(problem.toolOutput()));
        return json;
    }
}
