package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.pgherder.controller.execution.Progress;
import io.pgherder.controller.execution.StepOutcome;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

class GrpcActionRunnerTest {
    private static final OperationEvent COPYING = OperationEvent.newBuilder()
            .setState(OperationState.OPERATION_STATE_RUNNING)
            .setProgress(io.pgherder.proto.v1.Progress.newBuilder()
                    .setPhase("copying")
                    .setDoneBytes(512)
                    .setTotalBytes(2048))
            .build();
    private static final OperationEvent DONE = OperationEvent.newBuilder()
            .setState(OperationState.OPERATION_STATE_DONE)
            .setOutcome("copied 48 GB")
            .build();

    private final Action clone = Orders.clone(PG4, PG1);
    private final List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
    private final FakeAgent agent;
    private final AgentChannels channels;

    GrpcActionRunnerTest() throws IOException {
        agent = new FakeAgent();
        channels = agent.channels();
    }

    @AfterEach
    void close() {
        channels.close();
        agent.close();
    }

    @Test
    void progressIsHeardAndTheEndIsTheOutcome() throws Exception {
        agent.onRun = events -> {
            events.onNext(COPYING);
            events.onNext(DONE);
            events.onCompleted();
        };

        StepOutcome outcome = outcome(run(Duration.ofSeconds(5)));

        assertThat(outcome).isEqualTo(new StepOutcome.Done("copied 48 GB"));
        assertThat(progress).containsExactly(new Progress("copying", 512, 2048));
        assertThat(agent.log()).containsExactly("run op-1 token 8");
    }

    @Test
    void aLostStreamIsWatchedAgain() throws Exception {
        agent.onRun = events -> {
            events.onNext(COPYING);
            events.onError(Status.UNAVAILABLE.asRuntimeException());
        };
        agent.onWatch = events -> {
            events.onNext(DONE);
            events.onCompleted();
        };

        assertThat(outcome(run(Duration.ofSeconds(5)))).isEqualTo(new StepOutcome.Done("copied 48 GB"));
        assertThat(agent.log()).containsExactly("run op-1 token 8", "watch op-1");
        assertThat(progress)
                .containsExactly(
                        new Progress("copying", 512, 2048),
                        new Progress("agent 10.0.1.13:7432 does not answer, trying again", 512, 2048));
    }

    @Test
    void aRunThatMayNeverHaveArrivedIsRunAgainUnderTheSameId() throws Exception {
        agent.onRun = events -> {
            agent.onRun = second -> {
                second.onNext(DONE);
                second.onCompleted();
            };
            events.onError(Status.UNAVAILABLE.asRuntimeException());
        };

        assertThat(outcome(run(Duration.ofSeconds(5)))).isInstanceOf(StepOutcome.Done.class);
        assertThat(agent.log()).containsExactly("run op-1 token 8", "run op-1 token 8");
    }

    @Test
    void anAgentThatStaysSilentFailsTheStep() throws Exception {
        agent.onRun = events -> events.onError(Status.UNAVAILABLE.asRuntimeException());

        StepOutcome outcome = outcome(run(Duration.ofMillis(300)));

        assertThat(outcome).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("CONNECT-010");
            assertThat(failed.problem().summary()).isEqualTo("lost agent 10.0.1.13:7432 on db3 during the step");
            assertThat(failed.problem().subject()).isEqualTo("pg4");
        });
    }

    @Test
    void aLaterStepAtALostAgentIsTriedOnceAndOneAtAnotherHostAsEver() throws Exception {
        agent.onRun = events -> events.onError(Status.UNAVAILABLE.asRuntimeException());
        GrpcActionRunner runner = runner(Duration.ofMillis(300));
        outcome(runner.run("op-1", 8, clone, progress::add));

        StepOutcome later = outcome(runner.run("op-2", 8, Orders.clone(PG3, PG1), progress::add));
        outcome(runner.run("op-3", 8, Orders.clone(PG2, PG1), progress::add));

        assertThat(later)
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.problem().summary())
                                .isEqualTo("agent 10.0.1.13:7432 on db3 has been lost since an earlier step"));
        assertThat(agent.log()).containsOnlyOnce("run op-2 token 8");
        assertThat(agent.log()).filteredOn("run op-3 token 8"::equals).hasSizeGreaterThan(1);
    }

    @Test
    void aLaterStepAtAnAgentThatHangsFailsAfterAMoment() throws Exception {
        agent.onRun = events -> events.onError(Status.UNAVAILABLE.asRuntimeException());
        GrpcActionRunner runner = runner(Duration.ofMillis(200), Duration.ofMillis(300));
        outcome(runner.run("op-1", 8, clone, progress::add));
        agent.onRun = events -> {};

        StepOutcome later = outcome(runner.run("op-2", 8, Orders.clone(PG3, PG1), progress::add));

        assertThat(later)
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.problem().details())
                                .contains("agent 10.0.1.13:7432 on db3 did not answer within 200ms"));
    }

    @Test
    void anAgentThatIsBackIsFollowedBeyondTheMoment() throws Exception {
        agent.onRun = events -> events.onError(Status.UNAVAILABLE.asRuntimeException());
        GrpcActionRunner runner = runner(Duration.ofMillis(200), Duration.ofMillis(300));
        outcome(runner.run("op-1", 8, clone, progress::add));
        progress.clear();
        agent.onRun = events -> events.onNext(COPYING);
        agent.onWatch = events -> {
            events.onNext(DONE);
            events.onCompleted();
        };

        assertThat(outcome(runner.run("op-2", 8, clone, progress::add)))
                .isEqualTo(new StepOutcome.Done("copied 48 GB"));
        assertThat(agent.log()).endsWith("run op-2 token 8", "watch op-2");
        assertThat(progress).as("nothing was lost").containsExactly(new Progress("copying", 512, 2048));
    }

    @Test
    void anInterruptedOperationIsAFailureWithTheAgentsOwnWords() throws Exception {
        agent.onRun = events -> {
            events.onNext(OperationEvent.newBuilder()
                    .setState(OperationState.OPERATION_STATE_INTERRUPTED)
                    .setProblem(io.pgherder.proto.v1.Problem.newBuilder()
                            .setCode("OPERATION-007")
                            .setSummary("the agent ended during the clone")
                            .addDetails("31 of 48 GB were copied")
                            .addToolOutput("pg_basebackup: error: connection lost")
                            .setHint("run the same command again"))
                    .build());
            events.onCompleted();
        };

        assertThat(outcome(run(Duration.ofSeconds(5)))).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("OPERATION-007");
            assertThat(failed.problem().summary()).isEqualTo("the agent ended during the clone");
            assertThat(failed.problem().details()).containsExactly("31 of 48 GB were copied");
            assertThat(failed.problem().toolOutput()).containsExactly("pg_basebackup: error: connection lost");
            assertThat(failed.problem().hint()).isEqualTo("run the same command again");
        });
    }

    @Test
    void anAgentOfAnotherVersionFailsTheStepAtOnce() throws Exception {
        agent.onRun = events -> events.onError(
                Status.UNIMPLEMENTED.withDescription("unknown verb").asRuntimeException());

        assertThat(outcome(run(Duration.ofSeconds(60)))).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("CONNECT-009");
            assertThat(failed.problem().hint())
                    .isEqualTo("is its version older than the controller's? compare \"pgherder --version\" here"
                            + " with \"pgherder agent --version\" on db3");
        });
    }

    @Test
    void aCancelReachesTheAgentAndItsEndIsACancellation() throws Exception {
        CompletableFuture<StepOutcome> run;
        List<StreamObserver<OperationEvent>> streams = new ArrayList<>();
        agent.onRun = streams::add;
        run = run(Duration.ofSeconds(5));

        runner(Duration.ofSeconds(5)).cancel("op-1", clone);
        streams.get(0).onNext(FakeAgent.event(OperationState.OPERATION_STATE_CANCELLED));
        streams.get(0).onCompleted();

        assertThat(outcome(run)).isInstanceOf(StepOutcome.Cancelled.class);
        assertThat(agent.log()).containsExactly("run op-1 token 8", "cancel op-1");
    }

    private CompletableFuture<StepOutcome> run(Duration patience) {
        return runner(patience).run("op-1", 8, clone, progress::add);
    }

    private GrpcActionRunner runner(Duration patience) {
        return runner(Duration.ofSeconds(5), patience);
    }

    private GrpcActionRunner runner(Duration timeout, Duration patience) {
        return new GrpcActionRunner(channels, Orders.topology(), timeout, patience);
    }

    private static StepOutcome outcome(CompletableFuture<StepOutcome> run) throws Exception {
        return run.get(20, TimeUnit.SECONDS);
    }
}
