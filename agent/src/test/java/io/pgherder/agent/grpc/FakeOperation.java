package io.pgherder.agent.grpc;

import io.pgherder.agent.operation.Operation;
import io.pgherder.agent.operation.OperationContext;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An operation that runs until the test lets it end, and may be cancelled. */
final class FakeOperation implements Operation {
    private final InstancePlace place;
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private volatile int progressEvents = 1;

    FakeOperation(InstancePlace place) {
        this.place = place;
    }

    FakeOperation tellingProgress(int times) {
        progressEvents = times;
        return this;
    }

    void letEnd() {
        mayEnd.countDown();
    }

    int runs() {
        return runs.get();
    }

    @Override
    public InstancePlace place() {
        return place;
    }

    @Override
    public String run(OperationContext context) {
        runs.incrementAndGet();
        for (int i = 1; i <= progressEvents; i++) {
            context.progress("copying", i, progressEvents);
        }
        boolean ended = Wait.until(Duration.ofSeconds(20), context.cancellation(), () -> mayEnd.getCount() == 0);
        if (!ended) {
            throw new OperationFailed(RequestProblem.DEFECT.summary("the test forgot to let the operation end"));
        }
        return "copied";
    }

    @Override
    public String verb() {
        return "CloneStandby";
    }
}
