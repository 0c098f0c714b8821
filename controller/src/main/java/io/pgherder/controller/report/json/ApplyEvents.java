package io.pgherder.controller.report.json;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.pgherder.controller.execution.ExecutionEvent;
import io.pgherder.controller.execution.ExecutionEvent.ApplyFinished;
import io.pgherder.controller.execution.ExecutionEvent.StepAdvanced;
import io.pgherder.controller.execution.ExecutionEvent.StepCancelled;
import io.pgherder.controller.execution.ExecutionEvent.StepDone;
import io.pgherder.controller.execution.ExecutionEvent.StepFailed;
import io.pgherder.controller.execution.ExecutionEvent.StepSkipped;
import io.pgherder.controller.execution.ExecutionEvent.StepStarted;
import io.pgherder.controller.execution.ExecutionResult;
import io.pgherder.controller.execution.Stop.Wish;
import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.ApplyView;
import io.pgherder.controller.report.PlanReport;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The view for programs: one JSON object a line, {@code {"at", "event", "cluster", ...}}. The last one for a cluster is always
 * {@code apply_finished}.
 */
public final class ApplyEvents implements ApplyView {
    private final PrintStream out;
    private final Clock clock;
    private String cluster = "";

    public ApplyEvents(PrintStream out, Clock clock) {
        this.out = requireNonNull(out, "out is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public void planned(PlanReport report) {
        cluster = report.plan().cluster();
        JsonObject json = event(clock.instant(), "planned");
        json.add("plan", PlanJson.of(report));
        print(json);
    }

    @Override
    public void nothingToDo(PlanReport report) {
        JsonObject end = event(clock.instant(), "apply_finished");
        end.addProperty("complete", true);
        end.add("matches", Json.flag(report.matches()));
        end.add("left_to_you", PlanJson.leftToAPerson(report));
        print(end);
    }

    @Override
    public void nothingLeft(PlanReport now, String words) {
        nothingToDo(now);
    }

    @Override
    public void refused(String ofCluster, List<Problem> reasons) {
        cluster = ofCluster;
        JsonObject json = event(clock.instant(), "refused");
        json.add("problems", Json.array(reasons, ProblemJson::of));
        print(json);
        JsonObject end = event(clock.instant(), "apply_finished");
        end.addProperty("complete", false);
        print(end);
    }

    @Override
    public void waitingForAgents(String ofCluster, List<Problem> busy) {
        cluster = ofCluster;
        JsonObject json = event(clock.instant(), "waiting_for_agents");
        json.add("problems", Json.array(busy, ProblemJson::of));
        print(json);
    }

    @Override
    public void waitingFor(String ofCluster, LockHolder holder) {
        cluster = ofCluster;
        JsonObject json = event(clock.instant(), "waiting_for_lock");
        json.addProperty("holder", holder.holder());
        json.addProperty("purpose", holder.purpose());
        json.addProperty("silent_ms", holder.silentFor().toMillis());
        json.addProperty("expires_in_ms", holder.expiresIn().toMillis());
        print(json);
    }

    /** And the plan once more, with the numbers that its steps have now. */
    @Override
    public void endedMeanwhile(PlanReport now, List<Step> steps) {
        JsonObject json = event(clock.instant(), "ended_meanwhile");
        json.add("steps", Json.array(steps, step -> new JsonPrimitive(step.number())));
        print(json);
        planned(now);
    }

    @Override
    public void begins(Plan plan) {
        JsonObject json = event(clock.instant(), "apply_started");
        json.addProperty("steps", plan.steps().size());
        print(json);
    }

    @Override
    public void stopping(Wish wish) {
        JsonObject json = event(clock.instant(), "stopping");
        json.addProperty("cancelling", wish.compareTo(Wish.CANCEL) >= 0);
        json.addProperty("leaving", wish == Wish.LEAVE);
        print(json);
    }

    @Override
    public void on(ExecutionEvent event) {
        if (event instanceof StepStarted started) {
            JsonObject json = step(event, "step_started", started.step());
            json.addProperty("operation", started.operationId());
            print(json);
        } else if (event instanceof StepAdvanced advanced) {
            JsonObject json = step(event, "step_advanced", advanced.step());
            json.addProperty("phase", advanced.progress().phase());
            json.addProperty("done_bytes", advanced.progress().doneBytes());
            json.addProperty("total_bytes", advanced.progress().totalBytes());
            print(json);
        } else if (event instanceof StepDone done) {
            JsonObject json = step(event, "step_done", done.step());
            json.addProperty("outcome", done.words());
            json.addProperty("elapsed_ms", done.elapsed().toMillis());
            print(json);
        } else if (event instanceof StepFailed failed) {
            JsonObject json = step(event, "step_failed", failed.step());
            json.addProperty("elapsed_ms", failed.elapsed().toMillis());
            json.add("problem", ProblemJson.of(failed.problem()));
            print(json);
        } else if (event instanceof StepCancelled cancelled) {
            JsonObject json = step(event, "step_cancelled", cancelled.step());
            json.addProperty("elapsed_ms", cancelled.elapsed().toMillis());
            json.add("problem", ProblemJson.of(cancelled.problem()));
            print(json);
        } else if (event instanceof StepSkipped skipped) {
            JsonObject json = step(event, "step_skipped", skipped.step());
            json.addProperty("because", skipped.because());
            print(json);
        } else if (!(event instanceof ApplyFinished)) {
            throw new AssertionError("unknown event " + event);
        }
    }

    @Override
    public void finished(PlanReport before, ExecutionResult result, PlanReport after) {
        JsonObject json = event(clock.instant(), "apply_finished");
        json.addProperty("complete", result.isComplete());
        json.add("matches", Json.flag(after.matches()));
        json.add("left_to_you", PlanJson.leftToAPerson(after));
        json.add("done", Json.array(result.done(), JsonPrimitive::new));
        json.add("failed", Json.array(result.failed().keySet(), JsonPrimitive::new));
        json.add("cancelled", Json.array(result.cancelled().keySet(), JsonPrimitive::new));
        json.add("skipped", Json.array(result.skipped(), JsonPrimitive::new));
        json.addProperty("elapsed_ms", result.elapsed().toMillis());
        json.addProperty("steps_remaining", after.plan().steps().size());
        json.add("problems", Json.array(after.plan().refusals(), ProblemJson::of));
        print(json);
    }

    private JsonObject step(ExecutionEvent event, String name, Step step) {
        JsonObject json = event(event.at(), name);
        json.addProperty("step", step.number());
        json.addProperty("node", step.action().node().value());
        json.addProperty("action", step.action().verb());
        json.addProperty("words", step.action().words());
        return json;
    }

    private JsonObject event(Instant at, String name) {
        JsonObject json = new JsonObject();
        json.addProperty("at", at.toString());
        json.addProperty("event", name);
        json.addProperty("cluster", cluster);
        return json;
    }

    private synchronized void print(JsonObject json) {
        out.print(Json.line(json));
        out.flush();
    }
}
