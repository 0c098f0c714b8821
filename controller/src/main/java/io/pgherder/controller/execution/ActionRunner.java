package io.pgherder.controller.execution;

import io.pgherder.controller.plan.action.Action;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The port through which actions are carried out, each by the agent of its host. Running an operation id that the agent already knows
 * attaches to it. A lost connection is repaired by watching the same id again until the deadline of the runner; it does not end the
 * operation. The deadline is one for all actions at an agent: whoever comes after it has passed does not wait for it again.
 */
public interface ActionRunner {
    /**
     * Starts the action, or attaches to it.
     *
     * @param token the lock token that the agent checks
     * @param progress called for every event on the way, from any thread
     * @return how it ended; exceptional only for a defect of pgherder itself
     */
    CompletableFuture<StepOutcome> run(String operationId, long token, Action action, Consumer<Progress> progress);

    /** Asks the operation to stop; its {@link #run} future says when and how it ended. */
    void cancel(String operationId, Action action);
}
