package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A runner on a host of its own, operations for it, and ways to wait for them. */
abstract class RunningOperations {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path temp;

    OperationFixture fixture;
    InstancePlace place;

    @BeforeEach
    void makeHost() {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
    }

    /** A clone, for whoever asks, that runs until it is released or cancelled. */
    record Held(InstancePlace place, CountDownLatch release) implements Operation {
        Held(InstancePlace place) {
            this(place, new CountDownLatch(1));
        }

        @Override
        public String verb() {
            return "CloneStandby";
        }

        @Override
        public String run(OperationContext context) {
            context.progress("holding", 1, 2);
            Wait.untilOrFail(
                    "it is released", Duration.ofSeconds(20), context.cancellation(), () -> release.getCount() == 0);
            return "released";
        }
    }

    /** Ends at once. */
    record StopForTest(InstancePlace place) implements Operation {
        @Override
        public String run(OperationContext context) {
            return "";
        }
    }

    OperationRunner runner() {
        return new OperationRunner(fixture.host, new OperationJournal(fixture.state, CLOCK), CLOCK);
    }

    static List<OperationEvent> listen(OperationRunner runner, String id, Operation operation) {
        List<OperationEvent> events = new CopyOnWriteArrayList<>();
        runner.run(id, operation, () -> {}, events::add);
        return events;
    }

    static OperationEvent end(List<OperationEvent> events) {
        await(() -> events.stream().anyMatch(event -> event.state().isEnd()));
        return events.get(events.size() - 1);
    }

    static void await(BooleanSupplier condition) {
        Wait.untilOrFail("the test may go on", Duration.ofSeconds(20), Cancellation.never(), condition);
    }
}
