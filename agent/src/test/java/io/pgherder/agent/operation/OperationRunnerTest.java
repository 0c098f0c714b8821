package io.pgherder.agent.operation;

import io.pgherder.agent.operation.OperationEvent.State;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class OperationRunnerTest extends RunningOperations {
    @Test
    void sameIdAttachesInsteadOfStartingTwice() {
        try (OperationRunner runner = runner()) {
            Held held = new Held(place);
            List<OperationEvent> first = listen(runner, "op-1", held);
            List<OperationEvent> second = listen(runner, "op-1", new Held(place));

            held.release().countDown();

            assertThat(end(first).outcome()).isEqualTo("released");
            assertThat(end(second).outcome()).isEqualTo("released");
            assertThat(end(listen(runner, "op-1", held)).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void whoeverComesLateIsToldWhereItIsFirst() {
        try (OperationRunner runner = runner()) {
            Held held = new Held(place);
            List<OperationEvent> early = listen(runner, "op-1", held);
            await(() -> early.stream().anyMatch(event -> event.progress().isPresent()));

            List<OperationEvent> late = new CopyOnWriteArrayList<>();
            runner.watch("op-1", late::add);
            held.release().countDown();
            end(late);

            assertThat(late).extracting(OperationEvent::state).containsExactly(State.RUNNING, State.DONE);
            assertThat(late.get(0).progress()).contains(new Progress("holding", 1, 2));
        }
    }

    @Test
    void busyInstanceIsRefusedWithWhoIsAtItAndOthersAreNot() {
        try (OperationRunner runner = runner()) {
            Held held = new Held(place);
            listen(runner, "op-1", held);

            assertThatThrownBy(() -> runner.run("op-2", new StopForTest(place), () -> {}, event -> {}))
                    .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                        assertThat(failed.problem().code()).isEqualTo("OPERATION-001");
                        assertThat(failed.problem().details())
                                .containsExactly("cloning pg1922, operation op-1, since 2026-11-23T10:00:00Z");
                    });
            assertThat(runner.running(place.dataDir()))
                    .extracting(RunningOperation::id)
                    .containsExactly("op-1");
            assertThat(end(listen(runner, "op-3", new StopForTest(fixture.place("pg1923", 1923))))
                            .state())
                    .isEqualTo(State.DONE);
            held.release().countDown();
        }
    }

    @Test
    void cancelledOperationEndsAsCancelledAndTheInstanceIsFreeAgain() {
        try (OperationRunner runner = runner()) {
            List<OperationEvent> events = listen(runner, "op-1", new Held(place));

            assertThat(runner.cancel("op-1")).isTrue();

            assertThat(end(events).state()).isEqualTo(State.CANCELLED);
            assertThat(end(events).problem().orElseThrow().summary()).isEqualTo("cloning pg1922 was cancelled");
            assertThat(runner.cancel("op-1")).isFalse();
            assertThat(end(listen(runner, "op-2", new StopForTest(place))).state())
                    .isEqualTo(State.DONE);
        }
    }

    @Test
    void nextOperationMayBeStartedFromWithinTheEndOfOne() {
        try (OperationRunner runner = runner()) {
            List<OperationEvent> next = new CopyOnWriteArrayList<>();
            runner.run("op-1", new StopForTest(place), () -> {}, event -> {
                if (event.state().isEnd()) {
                    runner.run("op-2", new StopForTest(place), () -> {}, next::add);
                }
            });

            assertThat(end(next).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void defectIsReportedAsOneAndTheRunnerGoesOn() {
        try (OperationRunner runner = runner()) {
            assertThat(end(listen(runner, "op-1", new Defective(place)))
                            .problem()
                            .orElseThrow()
                            .summary())
                    .isEqualTo("an operation on pg1922 met a defect of pgherder");
            assertThat(end(listen(runner, "op-2", new StopForTest(place))).state())
                    .isEqualTo(State.DONE);
        }
    }

    @Test
    void operationThatIsGivenNoThreadHasFailedAndItsInstanceIsFree() throws IOException {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        Executor threads = work -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            work.run();
        };
        try (OperationRunner runner =
                new OperationRunner(fixture.host, new OperationJournal(fixture.state, CLOCK), CLOCK, threads)) {
            List<OperationEvent> events = listen(runner, "op-1", new Held(place));

            AgentProblem problem = end(events).problem().orElseThrow();
            assertThat(problem.summary()).isEqualTo("cloning pg1922 did not begin: its agent was given no thread");
            assertThat(problem.details()).containsExactly("java.lang.OutOfMemoryError: unable to create native thread");
            assertThat(fixture.state.operations()).isEmptyDirectory();
            exhausted.set(false);
            assertThat(end(listen(runner, "op-2", new StopForTest(place))).state())
                    .isEqualTo(State.DONE);
        }
    }

    @Test
    void directoryOutsideTheRootsIsRefusedBeforeAnythingIsDone() {
        InstancePlace outside = new InstancePlace(
                "t5",
                "pg1922",
                15,
                place.binDir(),
                fixture.temp.resolve("elsewhere/pg"),
                place.walDir(),
                Optional.empty(),
                1922,
                "postgres");
        try (OperationRunner runner = runner()) {
            assertThatThrownBy(() -> runner.run("op-1", new StopForTest(outside), () -> {}, event -> {}))
                    .isInstanceOf(OperationFailed.class)
                    .hasMessage("SYSTEM-002 this agent may not touch " + outside.dataDir());
        }
    }

    @Test
    void unknownIdCannotBeWatched() {
        try (OperationRunner runner = runner()) {
            assertThatThrownBy(() -> runner.watch("op-9", event -> {}))
                    .isInstanceOf(OperationFailed.class)
                    .hasMessage("OPERATION-002 this agent knows no operation op-9");
        }
    }

    @Test
    void afterTheEndNothingIsInTheJournal() throws IOException {
        try (OperationRunner runner = runner()) {
            end(listen(runner, "op-1", new StopForTest(place)));

            assertThat(fixture.state.operations()).isEmptyDirectory();
        }
    }

    @Test
    void theEndWaitsForAServerThatIsJustBeingRestartedAndForNothingElse() throws InterruptedException {
        OperationRunner runner = runner();
        Restarting restarting = new Restarting(place, new CountDownLatch(1));
        List<OperationEvent> restart = listen(runner, "op-1", restarting);
        Deaf deaf = new Deaf(fixture.place("pg1923", 1923), new CountDownLatch(1));
        List<OperationEvent> other = listen(runner, "op-2", deaf);
        await(() -> restart.stream().anyMatch(event -> event.progress().isPresent()));
        AtomicBoolean allEnded = new AtomicBoolean(true);
        Thread closing = new Thread(() -> allEnded.set(runner.close(Duration.ofMillis(20))));

        closing.start();
        closing.join(200);
        assertThat(closing.isAlive()).as("while the server is down").isTrue();
        restarting.release().countDown();
        closing.join(20_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(end(restart).outcome()).isEqualTo("restarted");
        assertThat(other.get(other.size() - 1).state()).isEqualTo(State.RUNNING);
        assertThat(allEnded).isFalse();
        deaf.release().countDown();
    }

    @Test
    void afterARestartTheEndLeavesTimeForItsLastWords() throws InterruptedException {
        OperationRunner runner = runner();
        Restarting restarting = new Restarting(place, new CountDownLatch(1));
        List<OperationEvent> restart = listen(runner, "op-1", restarting);
        await(() -> restart.stream().anyMatch(event -> event.progress().isPresent()));
        AtomicBoolean allEnded = new AtomicBoolean();
        Thread closing = new Thread(() -> allEnded.set(runner.close(Duration.ofSeconds(1))));

        closing.start();
        closing.join(1200);
        restarting.release().countDown();
        closing.join(20_000);

        assertThat(allEnded).isTrue();
        assertThat(end(restart).state()).isEqualTo(State.DONE);
    }

    @Test
    void whatHasToComeToItsEndIsNotBegunOnceTheEndIsAskedFor() {
        Cancellation cancellation = new Cancellation();
        OperationContext context = new OperationContext(fixture.host, cancellation, progress -> {}, child -> {});
        cancellation.request();

        assertThatThrownBy(() -> context.toItsEnd(stretch -> "begun")).isInstanceOf(Cancellation.Cancelled.class);
        assertThat(cancellation.isDeferred()).isFalse();
    }

    /** Its server is down until it is released. */
    private record Restarting(InstancePlace place, CountDownLatch release) implements Operation {
        @Override
        public String verb() {
            return "RestartInstance";
        }

        @Override
        public String run(OperationContext context) {
            String outcome = context.toItsEnd(outage -> {
                outage.phase("stopping");
                await(() -> release.getCount() == 0);
                return "restarted";
            });
            Wait.pause(Duration.ofMillis(100), Cancellation.never());
            return outcome;
        }
    }

    /** Hears no cancellation. */
    private record Deaf(InstancePlace place, CountDownLatch release) implements Operation {
        @Override
        public String verb() {
            return "CloneStandby";
        }

        @Override
        public String run(OperationContext context) {
            await(() -> release.getCount() == 0);
            return "";
        }
    }

    private record Defective(InstancePlace place) implements Operation {
        @Override
        public String run(OperationContext context) {
            throw new IllegalStateException("a defect, for the test");
        }
    }
}
