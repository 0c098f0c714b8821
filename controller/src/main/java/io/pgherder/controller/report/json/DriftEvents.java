package io.pgherder.controller.report.json;

import com.google.gson.JsonObject;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.report.DriftChange;
import io.pgherder.controller.report.DriftOutcome.Fate;
import io.pgherder.controller.report.DriftRun;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What has changed, for programs: one JSON object a line, {@code {"at", "event", "cluster", "topology", ...}}. */
public final class DriftEvents {
    private DriftEvents() {}

    /** Of a run that has ended; the last one is {@code run_finished}. Nothing if nothing has changed. */
    public static String render(DriftRun run, List<DriftChange> changes) {
        return changes.isEmpty() ? "" : render(run.at(), changes) + Json.line(finished(run));
    }

    /** Of a run that could compare nothing. */
    public static String render(Instant at, List<DriftChange> changes) {
        return changes.stream().map(change -> Json.line(event(at, change))).collect(Collectors.joining());
    }

    private static JsonObject event(Instant at, DriftChange change) {
        if (change instanceof DriftChange.OfDifference of) {
            JsonObject json = event(at, change, of.cluster());
            DriftJson.addTo(json, of.difference(), of.place());
            of.before().ifPresent(before -> addTo(json, before));
            return json;
        }
        if (change instanceof DriftChange.OfSubject of) {
            JsonObject json = event(at, change, of.cluster());
            DriftJson.addTo(json, of.subject());
            of.why().ifPresent(why -> json.add("problem", ProblemJson.of(why)));
            return json;
        }
        if (change instanceof DriftChange.OfCluster of) {
            JsonObject json = event(at, change, of.cluster());
            if (!of.problems().isEmpty()) {
                json.add("problems", Json.array(of.problems(), ProblemJson::of));
            }
            return json;
        }
        if (change instanceof DriftChange.OfRun of) {
            JsonObject json = event(at, change.event().word());
            if (!of.problems().isEmpty()) {
                json.add("problems", Json.array(of.problems(), ProblemJson::of));
            }
            return json;
        }
        throw new AssertionError(change);
    }

    private static void addTo(JsonObject json, Difference before) {
        json.addProperty("observed_before", before.observed());
        json.add("cause_before", Json.text(before.cause()));
    }

    private static JsonObject finished(DriftRun run) {
        JsonObject json = event(run.at(), "run_finished");
        json.addProperty("elapsed_ms", run.elapsed().toMillis());
        json.addProperty("clusters", run.outcomes().size());
        json.addProperty("in_sync", run.clusters(Fate.IN_SYNC));
        json.addProperty("differ", run.clusters(Fate.DIFFERS));
        json.addProperty("not_seen", run.clusters(Fate.NOT_SEEN));
        json.addProperty("failed", run.clusters(Fate.FAILED));
        json.addProperty("invalid", run.clusters(Fate.INVALID));
        json.addProperty("differences", run.differences());
        return json;
    }

    private static JsonObject event(Instant at, DriftChange change, DriftChange.Cluster cluster) {
        JsonObject json = event(at, change.event().word());
        json.add("cluster", Json.text(cluster.name()));
        json.addProperty("topology", cluster.topology());
        return json;
    }

    /** Of all clusters. */
    private static JsonObject event(Instant at, String name) {
        JsonObject json = new JsonObject();
        json.addProperty("at", at.toString());
        json.addProperty("event", name);
        return json;
    }
}
