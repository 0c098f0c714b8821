package io.pgherder.controller.execution;

import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An agent that does as a test says: an action ends when the test ends it, or at once if the test has said how. */
final class FakeRunner implements ActionRunner {
    private final Map<String, CompletableFuture<StepOutcome>> running =
            Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, StepOutcome> endsAtOnce = new LinkedHashMap<>();
    private final Set<String> hanging = new HashSet<>();
    private final List<String> started = Collections.synchronizedList(new ArrayList<>());
    private final List<String> cancelled = Collections.synchronizedList(new ArrayList<>());
    private int mostAtOnce;

    static StepOutcome done() {
        return new StepOutcome.Done("");
    }

    static StepOutcome failed(String why) {
        return new StepOutcome.Failed(Problem.of("TEST-001", why));
    }

    static StepOutcome cancelledOutcome() {
        return new StepOutcome.Cancelled(Problem.of("TEST-002", "cancelled"));
    }

    /** What hangs hears no cancel. */
    FakeRunner hangs(String node) {
        hanging.add(node);
        return this;
    }

    FakeRunner endsAtOnce(String node, StepOutcome outcome) {
        endsAtOnce.put(node, outcome);
        return this;
    }

    void end(String node, StepOutcome outcome) {
        CompletableFuture<StepOutcome> future = running.remove(node);
        if (future == null) {
            throw new IllegalStateException(node + " does not run; running: " + running.keySet());
        }
        future.complete(outcome);
    }

    /** "pg1 op" for each action in the order of their starts. */
    List<String> started() {
        return List.copyOf(started);
    }

    List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    List<String> running() {
        return List.copyOf(running.keySet());
    }

    int mostAtOnce() {
        return mostAtOnce;
    }

    @Override
    public CompletableFuture<StepOutcome> run(
            String operationId, long token, Action action, Consumer<Progress> progress) {
        String node = action.node().value();
        started.add(node + " " + operationId + " token " + token);
        StepOutcome outcome = endsAtOnce.get(node);
        if (outcome != null) {
            return CompletableFuture.completedFuture(outcome);
        }
        CompletableFuture<StepOutcome> future = new CompletableFuture<>();
        running.put(node, future);
        mostAtOnce = Math.max(mostAtOnce, running.size());
        return future;
    }

    @Override
    public void cancel(String operationId, Action action) {
        cancelled.add(action.node().value());
        if (!hanging.contains(action.node().value())) {
            end(action.node().value(), cancelledOutcome());
        }
    }
}
