package io.pgherder.controller.execution;

import io.pgherder.controller.execution.AgentLock.Renewal;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.sample.Orders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutorTest {
    private static final int TOKEN = 8;

    private final FakeRunner agents = new FakeRunner();
    private final FakeAgentLock locks = new FakeAgentLock();
    private final Stop stop = new Stop();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aStepStartsWhenAllThatItComesAfterIsDone() throws Exception {
        CompletableFuture<ExecutionResult> run = run(64, step(1, "a"), step(2, "b"), step(3, "c", 1, 2));
        await("a and b run", () -> agents.running().equals(List.of("a", "b")));

        agents.end("b", FakeRunner.done());
        await("b is done", () -> heard.contains("done b"));
        assertThat(agents.running()).containsExactly("a");
        agents.end("a", FakeRunner.done());
        await("c runs", () -> agents.running().contains("c"));
        agents.end("c", FakeRunner.done());

        ExecutionResult result = result(run);
        assertThat(result.isComplete()).isTrue();
        assertThat(result.done()).containsExactly(1, 2, 3);
        assertThat(heard)
                .containsExactly("started a", "started b", "done b", "done a", "started c", "done c", "finished");
        assertThat(agents.started()).containsExactly("a op1 token 8", "b op2 token 8", "c op3 token 8");
    }

    @Test
    void noMoreStepsRunAtOnceThanParallelAllows() throws Exception {
        CompletableFuture<ExecutionResult> run = run(2, step(1, "a"), step(2, "b"), step(3, "c"), step(4, "d"));
        for (String node : List.of("a", "b", "c", "d")) {
            await(node + " runs", () -> agents.running().contains(node));
            agents.end(node, FakeRunner.done());
        }

        assertThat(result(run).isComplete()).isTrue();
        assertThat(agents.mostAtOnce()).isEqualTo(2);
    }

    @Test
    void behindAFailedStepNothingStartsAndBesideItEverythingGoesOn() throws Exception {
        agents.endsAtOnce("a", FakeRunner.failed("disk full"));
        agents.endsAtOnce("x", FakeRunner.done()).endsAtOnce("y", FakeRunner.done());

        ExecutionResult result =
                result(run(64, step(1, "a"), step(2, "b", 1), step(3, "c", 2), step(4, "x"), step(5, "y", 4)));

        assertThat(result.isComplete()).isFalse();
        assertThat(result.done()).containsExactly(4, 5);
        assertThat(result.failed()).containsOnlyKeys(1);
        assertThat(result.skipped()).containsExactly(2, 3);
        assertThat(heard).contains("failed a: disk full", "skipped b: step 1 failed", "skipped c: step 1 failed");
    }

    @Test
    void whenAPersonAsksToStopRunningStepsFinishAndNoNewOneStarts() throws Exception {
        CompletableFuture<ExecutionResult> run = run(64, step(1, "a"), step(2, "b", 1));
        await("a runs", () -> agents.running().contains("a"));

        stop.ask();
        agents.end("a", FakeRunner.done());

        ExecutionResult result = result(run);
        assertThat(result.done()).containsExactly(1);
        assertThat(result.skipped()).containsExactly(2);
        assertThat(agents.cancelled()).isEmpty();
        assertThat(heard).endsWith("skipped b: stopped by you", "finished");
    }

    @Test
    void whenAPersonAsksTwiceRunningStepsAreCancelled() throws Exception {
        CompletableFuture<ExecutionResult> run = run(64, step(1, "a"), step(2, "b"), step(3, "c", 1));
        await("a and b run", () -> agents.running().size() == 2);

        stop.ask();
        stop.ask();

        ExecutionResult result = result(run);
        assertThat(result.cancelled()).containsOnlyKeys(1, 2);
        assertThat(result.skipped()).containsExactly(3);
        assertThat(agents.cancelled()).containsExactlyInAnyOrder("a", "b");
        assertThat(heard).endsWith("skipped c: step 1 was cancelled", "finished");
    }

    @Test
    void whenAPersonAsksThreeTimesNobodyWaitsForAStepThatHangs() throws Exception {
        agents.hangs("a");
        CompletableFuture<ExecutionResult> run = run(64, step(1, "a"), step(2, "b", 1));
        await("a runs", () -> agents.running().contains("a"));

        stop.ask();
        stop.ask();
        await("a was asked to end", () -> agents.cancelled().equals(List.of("a")));
        assertThat(run).isNotDone();
        stop.ask();

        ExecutionResult result = result(run);
        assertThat(agents.cancelled()).as("a request to cancel is repeated").containsExactly("a", "a");
        assertThat(result.skipped()).containsExactly(2);
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("EXECUTION-005");
            assertThat(problem.summary()).isEqualTo("step 1 was left running at the agent of db1");
            assertThat(problem.details()).containsExactly("reload", "operation op1");
        });
    }

    @Test
    void whenTheLockIsLostNoNewStepStarts() throws Exception {
        CompletableFuture<ExecutionResult> run = run(64, step(1, "a"), step(2, "b", 1));
        await("a runs", () -> agents.running().contains("a"));

        locks.renewalsSay(Renewal.LOST);
        long before = renewals();
        await("the loss is noticed", () -> renewals() > before + 2);
        agents.end("a", FakeRunner.done());

        ExecutionResult result = result(run);
        assertThat(result.skipped()).containsExactly(2);
        assertThat(result.cutShort())
                .hasValueSatisfying(problem -> assertThat(problem.summary())
                        .isEqualTo("the lock on the cluster was lost: no further step was started"))
                .hasValueSatisfying(
                        problem -> assertThat(problem.hint())
                                .isEqualTo(
                                        "look with \"pgherder status orders.yaml\", then run the same command again: it continues"));
        assertThat(heard).contains("skipped b: the lock was lost");
    }

    @Test
    void aStepThatIsAlreadyUnderWayIsAttachedTo() throws Exception {
        agents.endsAtOnce("a", FakeRunner.done());
        Step attached = new Step(1, step(1, "a").action(), Reason.of("r"), new TreeSet<>(), Optional.of("op-of-old"));

        result(run(64, attached));

        assertThat(agents.started()).containsExactly("a op-of-old token 8");
    }

    private CompletableFuture<ExecutionResult> run(int parallel, Step... steps) {
        AtomicInteger ids = new AtomicInteger();
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T01:00:00Z"), ZoneOffset.UTC);
        Executor executor = new Executor(
                agents, this::hear, parallel, () -> "op" + ids.incrementAndGet(), clock, "pgherder status orders.yaml");
        Plan plan = new Plan("orders", Optional.empty(), List.of(steps), List.of(), List.of());
        HeldLock lock =
                new HeldLock(locks, List.of(Orders.host("db1", "10.0.1.11")), "orders", TOKEN, Duration.ofMillis(5));
        return CompletableFuture.supplyAsync(
                () -> {
                    try (lock) {
                        return executor.execute(plan, lock, stop);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    private long renewals() {
        return locks.log().stream().filter(line -> line.startsWith("renew")).count();
    }

    private void hear(ExecutionEvent event) {
        if (event instanceof ExecutionEvent.StepStarted started) {
            heard.add("started " + started.step().action().node());
        } else if (event instanceof ExecutionEvent.StepDone done) {
            heard.add("done " + done.step().action().node());
        } else if (event instanceof ExecutionEvent.StepFailed failed) {
            heard.add("failed " + failed.step().action().node() + ": "
                    + failed.problem().summary());
        } else if (event instanceof ExecutionEvent.StepSkipped skipped) {
            heard.add("skipped " + skipped.step().action().node() + ": " + skipped.because());
        } else if (event instanceof ExecutionEvent.ApplyFinished) {
            heard.add("finished");
        }
    }

    private static ExecutionResult result(CompletableFuture<ExecutionResult> run) throws Exception {
        return run.get(10, TimeUnit.SECONDS);
    }

    private static void await(String condition, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 10 s until " + condition).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static Step step(int number, String node, Integer... after) {
        InstanceAddress instance = new InstanceAddress(
                "orders",
                new NodeName(node),
                "db1",
                15,
                Optional.empty(),
                "/data/" + node,
                Optional.empty(),
                Optional.empty(),
                1921,
                "postgres");
        return new Step(
                number,
                new ReloadSettings(instance),
                Reason.of("because"),
                new TreeSet<>(List.of(after)),
                Optional.empty());
    }
}
