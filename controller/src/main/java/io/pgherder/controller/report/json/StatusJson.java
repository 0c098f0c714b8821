package io.pgherder.controller.report.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.pgherder.controller.observation.Confirmations;
import io.pgherder.controller.report.ClusterStatus;
import io.pgherder.controller.report.NodeStatus;
import io.pgherder.controller.report.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code {"cluster", "system_identifier", "primary", "primaries": [...], "writable", "quorum": {...}, "nodes": [...]}}. */
public final class StatusJson {
    private static final double NANOS_PER_MILLI = 1e6;

    private StatusJson() {}

    public static String render(ClusterStatus status) {
        return Json.document(of(status));
    }

    /** Of a fleet: {@code {"clusters": [...]}}. */
    public static String renderFleet(List<ClusterStatus> statuses) {
        return Json.document(Json.fleet(statuses, StatusJson::of));
    }

    /** On one line, for {@code --watch}. */
    public static String renderLine(ClusterStatus status) {
        return Json.line(of(status));
    }

    private static JsonObject of(ClusterStatus status) {
        JsonObject json = new JsonObject();
        json.addProperty("cluster", status.cluster());
        json.add("system_identifier", Json.text(status.systemIdentifier()));
        json.add("primary", Json.text(status.primary()));
        json.add("primaries", Json.array(status.primaries(), primary -> new JsonPrimitive(primary.value())));
        json.add("writable", Json.flag(status.writable()));
        JsonObject quorum = new JsonObject();
        quorum.add("in_force", Json.text(status.quorum().inForce()));
        quorum.addProperty("declared", status.quorum().declared().toString());
        quorum.add("synchronous_commit", Json.text(status.quorum().synchronousCommit()));
        quorum.add("as_declared", Json.flag(status.quorum().isAsDeclared()));
        quorum.addProperty("required", status.quorum().required());
        quorum.addProperty("available", status.quorum().confirmations().available());
        quorum.add("chosen_silent", chosenSilent(status.quorum().confirmations()));
        JsonObject silent = new JsonObject();
        status.quorum()
                .confirmations()
                .silent()
                .forEach((name, sender) -> silent.add(name, millis(sender.silentFor())));
        quorum.add("silent_ms", silent);
        quorum.addProperty("waiting_sessions", status.quorum().waitingSessions());
        quorum.add("waiting_ms", millis(status.quorum().waitingFor()));
        json.add("quorum", quorum);
        json.add("nodes", Json.array(status.shown(), StatusJson::node));
        return json;
    }

    private static JsonElement chosenSilent(Confirmations confirmations) {
        return confirmations.areEnough().isEmpty()
                ? JsonNull.INSTANCE
                : Json.array(List.copyOf(confirmations.chosenSilent()), JsonPrimitive::new);
    }

    private static JsonObject node(NodeStatus node) {
        JsonObject json = new JsonObject();
        json.addProperty("name", node.name().value());
        json.addProperty("host", node.host());
        json.addProperty("port", node.port());
        json.addProperty("declared_role", node.declaredRole().word());
        json.add("role", Json.text(node.role().map(Role::word)));
        json.addProperty("state", node.state().word());
        json.add("timeline", Json.number(node.timeline()));
        json.add("upstream", Json.text(node.upstream()));
        json.add("receive_lsn", Json.text(node.received()));
        json.add("replay_lsn", Json.text(node.replayed()));
        json.add("lag_bytes", Json.number(node.lags().bytes()));
        json.add("write_lag_ms", millis(node.lags().write()));
        json.add("flush_lag_ms", millis(node.lags().flush()));
        json.add("replay_lag_ms", millis(node.lags().replay()));
        json.add("sync_state", Json.text(node.syncState()));
        json.addProperty("agent", node.agentWords());
        json.add("problems", Json.array(node.problems(), ProblemJson::of));
        return json;
    }

    private static JsonElement millis(Optional<Duration> span) {
        return Json.number(span.map(duration -> duration.toNanos() / NANOS_PER_MILLI));
    }
}
