package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblem;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What an operation says on its way and at its end.
 *
 * @param progress present while it runs, once there is something to say
 * @param outcome what was found or made, when done; else empty
 * @param problem present when it failed, was cancelled or interrupted
 * @param at by the agent's clock
 */
public record OperationEvent(
        String id,
        State state,
        Optional<Progress> progress,
        String outcome,
        Optional<AgentProblem> problem,
        Instant at) {
    /** Where an operation is in its life. */
    public enum State {
        RUNNING,
        /** What the verb promises is true. */
        DONE,
        FAILED,
        CANCELLED,
        /** The agent ended while the operation was in flight; running the verb again converges. */
        INTERRUPTED;

        public boolean isEnd() {
            return this != RUNNING;
        }
    }

    public OperationEvent {
        requireNonNull(id, "id is null");
        requireNonNull(state, "state is null");
        requireNonNull(progress, "progress is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(problem, "problem is null");
        requireNonNull(at, "at is null");
    }
}
