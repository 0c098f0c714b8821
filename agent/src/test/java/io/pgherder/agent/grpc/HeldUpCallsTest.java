package io.pgherder.agent.grpc;

import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.DescribeRequest;
import io.pgherder.proto.v1.DirectoryFacts;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import io.pgherder.proto.v1.ReloadSettings;
import io.pgherder.proto.v1.RenewRequest;
import io.pgherder.proto.v1.RunRequest;
import io.pgherder.proto.v1.StopInstance;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A file system that does not answer holds up those who touch it, and nobody else. */
class HeldUpCallsTest extends InProcessAgent {
    private static final int MORE_THAN_THERE_ARE_THREADS = 12;

    @Test
    void aLockIsRenewedAndAnOperationCancelledWhileEveryOtherCallHangs() {
        lock(1);
        Iterator<OperationEvent> copy = agent.run(run("op1", 1));
        copy.next();
        List<Iterator<OperationEvent>> heldUp = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
            heldUp.add(agent.run(RunRequest.newBuilder()
                    .setOperationId("held" + i)
                    .setToken(1)
                    .setAction(Action.newBuilder()
                            .setInstance(instance("pg_root1923"))
                            .setReloadSettings(ReloadSettings.getDefaultInstance()))
                    .build()));
        }
        AgentGrpc.AgentBlockingStub other = connect().withDeadlineAfter(10, TimeUnit.SECONDS);

        assertThat(other.renew(RenewRequest.newBuilder()
                                .setCluster("t5")
                                .setToken(1)
                                .build())
                        .getHeld())
                .isTrue();
        assertThat(cancel("op1")).isTrue();
        assertThat(last(copy).getState()).isEqualTo(OperationState.OPERATION_STATE_CANCELLED);

        assertThat(other.observe(observe("pg_root1924"))
                        .getInstances(0)
                        .getDataDir()
                        .getContent())
                .as("another instance is looked at")
                .isEqualTo(DirectoryFacts.Content.ABSENT);
        assertThat(other.describe(DescribeRequest.getDefaultInstance()).hasHost())
                .isTrue();

        heldUp.forEach(run -> {
            OperationEvent end = last(run);
            assertThat(end.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
            assertThat(end.getProblem().getSummary())
                    .isEqualTo("could not look at " + home.resolve("pg_root1923") + ": it does not answer");
        });
        OperationEvent elsewhere = last(connect()
                .run(RunRequest.newBuilder()
                        .setOperationId("elsewhere")
                        .setToken(1)
                        .setAction(Action.newBuilder()
                                .setInstance(instance("pg_root1924"))
                                .setStopInstance(StopInstance.newBuilder().setMode(StopInstance.Mode.MODE_FAST)))
                        .build()));
        assertThat(elsewhere.getProblem().getCode())
                .as("another instance is operated on, as far as that goes without programs")
                .isEqualTo("POSTGRES-001");
        fileSystemAnswers.countDown();
    }
}
