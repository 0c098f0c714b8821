package io.pgherder.controller.execution;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an execution stands: which steps wait, run, are done or have failed, and which may start now. A step may start when all that it
 * comes after are done and its node has nothing else to do: an agent changes one thing of an instance at a time. Behind a failed step
 * nothing starts, beside it everything goes on. Pure bookkeeping: it starts nothing.
 */
final class PlanWalk {
    private enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    private final Map<Integer, Step> steps = new LinkedHashMap<>();
    private final Map<Integer, State> states = new LinkedHashMap<>();

    PlanWalk(Collection<Step> plan) {
        for (Step step : plan) {
            steps.put(step.number(), step);
            states.put(step.number(), State.WAITING);
        }
    }

    /** The steps that may start now, all of them together, in the plan's order: at most one a node. */
    List<Step> ready() {
        Set<NodeName> busy = new HashSet<>();
        running().forEach(step -> busy.add(step.action().node()));
        return in(State.WAITING).stream()
                .filter(step -> step.after().stream().allMatch(number -> states.get(number) == State.DONE))
                .filter(step -> busy.add(step.action().node()))
                .toList();
    }

    List<Step> running() {
        return in(State.RUNNING);
    }

    /** Those that have not been started. */
    List<Step> waiting() {
        return in(State.WAITING);
    }

    /** The failed step that the given waiting step is behind, directly or through others. */
    Optional<Integer> failedBefore(Step step) {
        for (int number : step.after()) {
            if (states.get(number) == State.FAILED) {
                return Optional.of(number);
            }
            Step before = steps.get(number);
            if (before != null && states.get(number) == State.WAITING) {
                Optional<Integer> further = failedBefore(before);
                if (further.isPresent()) {
                    return further;
                }
            }
        }
        return Optional.empty();
    }

    void started(Step step) {
        move(step, State.WAITING, State.RUNNING);
    }

    void ended(Step step, StepOutcome outcome) {
        move(step, State.RUNNING, outcome instanceof StepOutcome.Done ? State.DONE : State.FAILED);
    }

    private void move(Step step, State from, State to) {
        if (!states.replace(step.number(), from, to)) {
            throw new IllegalStateException(
                    "step " + step.number() + " is " + states.get(step.number()) + ", not " + from);
        }
    }

    private List<Step> in(State wanted) {
        List<Step> found = new ArrayList<>();
        states.forEach((number, state) -> {
            Step step = steps.get(number);
            if (state == wanted && step != null) {
                found.add(step);
            }
        });
        return found;
    }
}
