package io.pgherder.controller.execution;

import io.pgherder.controller.execution.AgentLock.Answer;
import io.pgherder.controller.execution.ClusterLock.Outcome;
import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.HostSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

class ClusterLockTest {
    private static final List<HostSpec> HOSTS =
            List.of(Orders.host("db3", "10.0.1.13"), Orders.host("db1", "10.0.1.11"), Orders.host("db2", "10.0.1.12"));

    private final FakeAgentLock agents = new FakeAgentLock();
    private final List<String> waited = new ArrayList<>();

    @Test
    void theLockIsTakenAtTheFirstAgentFirstAndGivenBackAtAll() throws Exception {
        Outcome outcome = acquire(7);

        assertThat(agents.log()).containsExactly("lock db1 8", "lock db2 8", "lock db3 8");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Acquired.class, acquired -> {
            assertThat(acquired.seenIsOutOfDate()).isFalse();
            assertThat(acquired.lock().token()).isEqualTo(8);
            acquired.lock().close();
        });
        assertThat(agents.log()).endsWith("release db1 8", "release db2 8", "release db3 8");
    }

    @Test
    void everyRunHasANonceOfItsOwnAndSaysItToAllAgents() throws Exception {
        ((Outcome.Acquired) acquire(7)).lock().close();
        assertThat(agents.nonces()).hasSize(1).doesNotContain("");
        ((Outcome.Acquired) acquire(8)).lock().close();

        assertThat(agents.nonces()).hasSize(2);
    }

    @Test
    void theLockOutlivesTheHalfMinuteThatASilentAgentIsWaitedFor() throws Exception {
        ((Outcome.Acquired) acquire(7)).lock().close();

        assertThat(agents.ttls())
                .singleElement(DURATION)
                .isGreaterThan(Duration.ofSeconds(30).plusSeconds(5));
    }

    @Test
    void aHolderRenewsMoreThanOnceInTheTwoSecondsThatAClosedConnectionLeavesIt() throws Exception {
        HeldLock lock = ((Outcome.Acquired) acquire(7)).lock();
        TimeUnit.SECONDS.sleep(2);
        lock.close();

        assertThat(agents.log().stream().filter("renew db1 8"::equals)).hasSizeGreaterThan(1);
    }

    @Test
    void anOvertakenTokenIsRaised() throws Exception {
        agents.answers("db2", new Answer.Stale(20));

        Outcome outcome = acquire(7);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Acquired.class,
                        acquired -> assertThat(acquired.seenIsOutOfDate())
                                .as("another run took that token after we had looked")
                                .isTrue());
        assertThat(agents.log())
                .containsExactly(
                        "lock db1 8",
                        "lock db2 8",
                        "lock db3 8",
                        "release db1 8",
                        "release db3 8",
                        "lock db1 21",
                        "lock db2 21",
                        "lock db3 21");
        ((Outcome.Acquired) outcome).lock().close();
    }

    @Test
    void aHolderThatRenewsIsAliveAndWeAreRefusedWithItsName() throws Exception {
        agents.answers("db1", held(2000), held(2200), held(100));

        Outcome outcome = acquire(7);

        assertThat(waited).containsExactly("alice@ops1 pid 4711");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.why().summary()).isEqualTo("somebody else is changing orders");
            assertThat(refused.why().details())
                    .containsExactly(
                            "holder   alice@ops1 pid 4711",
                            "purpose  apply inventories/orders.yaml",
                            "since    2026-11-23T01:00:00Z");
        });
    }

    @Test
    void theLockOfADeadHolderIsWaitedFor() throws Exception {
        agents.answers("db1", held(9000), held(9400));

        Outcome outcome = acquire(7);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Acquired.class, acquired -> {
            assertThat(acquired.seenIsOutOfDate()).isTrue();
            acquired.lock().close();
        });
    }

    @Test
    void aHolderThatOneAgentHeardLaterThanAnotherIsNotTakenForAlive() throws Exception {
        agents.answers("db1", held(9000), new Answer.Granted(), new Answer.Granted());
        agents.answers("db2", held(3000), held(3200));

        Outcome outcome = acquire(7);

        assertThat(outcome).isInstanceOf(Outcome.Acquired.class);
        ((Outcome.Acquired) outcome).lock().close();
    }

    @Test
    void aTokenThatOneAgentGrantedIsNotAskedForAgainAfterAnotherSaidNo() throws Exception {
        agents.answers("db2", held(9000), held(9200));

        Outcome outcome = acquire(7);

        assertThat(agents.log().stream().filter(line -> line.startsWith("lock db1")))
                .containsExactly("lock db1 8", "lock db1 9", "lock db1 10");
        ((Outcome.Acquired) outcome).lock().close();
    }

    @Test
    void anAgentThatDoesNotAnswerEndsItAndNothingStaysLocked() {
        agents.answers("db3", new Answer.Unanswered(Orders.refused("db3", "10.0.1.13")));

        assertThatThrownBy(() -> acquire(7))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("agent 10.0.1.13:7432 on db3 refused the connection");
        assertThat(agents.log()).endsWith("release db1 8", "release db2 8");
    }

    private Outcome acquire(long newestToken) throws InterruptedException {
        return new ClusterLock(agents, "bob@ops2 pid 1", "pgherder status orders.yaml")
                .acquire(
                        "orders",
                        "apply inventories/orders.yaml",
                        HOSTS,
                        newestToken,
                        holder -> waited.add(holder.holder()));
    }

    private static Answer held(long silentMillis) {
        return new Answer.HeldBy(new LockHolder(
                "alice@ops1 pid 4711",
                "apply inventories/orders.yaml",
                7,
                Instant.parse("2026-11-23T01:00:00Z"),
                Duration.ofMillis(silentMillis),
                Duration.ofMillis(10_000 - silentMillis)));
    }
}
