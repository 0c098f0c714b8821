package io.pgherder.controller.execution;

import io.pgherder.controller.problem.Problem;

import static java.util.Objects.requireNonNull;

/** How a step ended. */
public sealed interface StepOutcome {
    /**
     * What the action promises is true.
     *
     * @param words what was found or made, for the report; may be empty
     */
    record Done(String words) implements StepOutcome {
        public Done {
            requireNonNull(words, "words is null");
        }
    }

    record Failed(Problem problem) implements StepOutcome {
        public Failed {
            requireNonNull(problem, "problem is null");
        }
    }

    /** Stopped because somebody asked for it; running it again converges. */
    record Cancelled(Problem problem) implements StepOutcome {
        public Cancelled {
            requireNonNull(problem, "problem is null");
        }
    }
}
