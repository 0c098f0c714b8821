package io.pgherder.controller.agentclient;

import io.pgherder.controller.execution.AgentLock;
import io.pgherder.controller.execution.AgentLock.Answer;
import io.pgherder.controller.execution.AgentLock.Renewal;
import io.pgherder.controller.execution.AgentLock.Request;
import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.proto.v1.LockResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrpcAgentLockTest {
    private static final HostSpec DB1 = Orders.host("db1", "10.0.1.11");
    private static final Request REQUEST =
            new Request("orders", "bob@ops2 pid 1", "apply orders.yaml", 8, Duration.ofSeconds(10), "5ec0d");

    private final FakeAgent agent;
    private final AgentChannels channels;
    private final AgentLock lock;

    GrpcAgentLockTest() throws IOException {
        agent = new FakeAgent();
        channels = agent.channels();
        lock = new GrpcAgentLock(channels, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        channels.close();
        agent.close();
    }

    @Test
    void aFreeLockIsGranted() {
        agent.onLock = LockResponse.newBuilder().setGranted(8).build();

        assertThat(lock.lock(DB1, REQUEST).join()).isEqualTo(new Answer.Granted());
        assertThat(agent.log()).containsExactly("lock 8 by bob@ops2 pid 1 for 10000 ms, nonce 5ec0d");
    }

    @Test
    void aHeldLockComesWithItsHolder() {
        agent.onLock = LockResponse.newBuilder()
                .setHeldBy(io.pgherder.proto.v1.LockHolder.newBuilder()
                        .setHolder("alice@ops1 pid 4711")
                        .setPurpose("apply orders.yaml")
                        .setToken(7)
                        .setSinceMs(1000)
                        .setSilentForMs(200)
                        .setExpiresInMs(9800))
                .build();

        assertThat(lock.lock(DB1, REQUEST).join())
                .isEqualTo(new Answer.HeldBy(new LockHolder(
                        "alice@ops1 pid 4711",
                        "apply orders.yaml",
                        7,
                        Instant.ofEpochMilli(1000),
                        Duration.ofMillis(200),
                        Duration.ofMillis(9800))));
    }

    @Test
    void anOldTokenIsToldTheNewestOne() {
        agent.onLock = LockResponse.newBuilder().setNewestToken(20).build();

        assertThat(lock.lock(DB1, REQUEST).join()).isEqualTo(new Answer.Stale(20));
    }

    @Test
    void aRenewalSaysHeldLostOrNothing() {
        assertThat(lock.renew(DB1, "orders", 8).join()).isEqualTo(Renewal.HELD);
        assertThat(lock.renew(DB1, "orders", 7).join()).isEqualTo(Renewal.LOST);
        agent.silent = true;
        assertThat(lock.renew(DB1, "orders", 8).join()).isEqualTo(Renewal.UNANSWERED);
    }

    @Test
    void anAgentThatIsBackHearsARenewalLongBeforeTheBackOffEnds() throws Exception {
        agent.goAway();
        assertThat(lock.renew(DB1, "orders", 8).join()).isEqualTo(Renewal.UNANSWERED);
        agent.comeBack();

        long deadline = System.nanoTime() + Duration.ofMillis(500).toNanos();
        Renewal renewal;
        do {
            TimeUnit.MILLISECONDS.sleep(5);
            renewal = lock.renew(DB1, "orders", 8).join();
        } while (renewal == Renewal.UNANSWERED && System.nanoTime() < deadline);
        assertThat(renewal).isEqualTo(Renewal.HELD);
    }
}
