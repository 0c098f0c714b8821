package io.pgherder.controller.execution;

import io.pgherder.controller.plan.Plan;
import java.time.Clock;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Carries a plan out: walks its steps in order, as many at once as may be. A failed step keeps back what comes after it; independent
 * branches go on. When the lock falls, or a person asks to stop, no further step starts.
 */
public final class Executor {
    private final ActionRunner runner;
    private final ExecutionListener listener;
    private final int parallel;
    private final Supplier<String> newOperationId;
    private final Clock clock;
    private final String look;

    /**
     * @param newOperationId a name that no operation had before, {@code [A-Za-z0-9_-]{1,64}}
     * @param look the command that shows what happens in the cluster
     */
    public Executor(
            ActionRunner runner,
            ExecutionListener listener,
            int parallel,
            Supplier<String> newOperationId,
            Clock clock,
            String look) {
        this.runner = requireNonNull(runner, "runner is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.newOperationId = requireNonNull(newOperationId, "newOperationId is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.look = requireNonNull(look, "look is null");
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, got " + parallel);
        }
        this.parallel = parallel;
    }

    public ExecutionResult execute(Plan plan, HeldLock lock, Stop stop) throws InterruptedException {
        if (plan.isRefused()) {
            throw new IllegalArgumentException("a refused plan is not carried out");
        }
        Execution execution = new Execution(plan, runner, lock, listener, parallel, newOperationId, clock, look);
        lock.onLost(execution::wake);
        stop.onAsk(execution::wake);
        return execution.run(stop);
    }
}
