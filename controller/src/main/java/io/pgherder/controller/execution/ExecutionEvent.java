package io.pgherder.controller.execution;

import io.pgherder.controller.plan.Step;
import io.pgherder.controller.problem.Problem;
import java.time.Duration;
import java.time.Instant;

/** What happens while a plan is carried out, as it happens. */
public sealed interface ExecutionEvent {
    Instant at();

    record StepStarted(Instant at, Step step, String operationId) implements ExecutionEvent {}

    record StepAdvanced(Instant at, Step step, Progress progress) implements ExecutionEvent {}

    /** @param words what was found or made; may be empty */
    record StepDone(Instant at, Step step, String words, Duration elapsed) implements ExecutionEvent {}

    record StepFailed(Instant at, Step step, Problem problem, Duration elapsed) implements ExecutionEvent {}

    record StepCancelled(Instant at, Step step, Problem problem, Duration elapsed) implements ExecutionEvent {}

    /** @param because one line, lower case: "step 3 failed" */
    record StepSkipped(Instant at, Step step, String because) implements ExecutionEvent {}

    /** The last one. */
    record ApplyFinished(Instant at, ExecutionResult result) implements ExecutionEvent {}
}
