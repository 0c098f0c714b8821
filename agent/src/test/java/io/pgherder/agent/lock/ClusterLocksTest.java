package io.pgherder.agent.lock;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterLocksTest {
    private static final Instant SINCE = Instant.parse("2026-11-23T00:51:01Z");
    private static final Connection ALICE_LINE = new Connection(1);
    private static final Connection BOB_LINE = new Connection(2);

    @TempDir
    private Path directory;

    private long nanos = 1_000_000;
    private ClusterLocks locks;

    @BeforeEach
    void startAgent() {
        locks = new ClusterLocks(directory, () -> nanos, Clock.fixed(SINCE, ZoneOffset.UTC));
    }

    @Test
    void aFreeLockIsGranted() {
        assertThat(locks.lock(alice(1), ALICE_LINE)).isEqualTo(new LockOutcome.Granted(1));
        assertThat(locks.refusal("t5", 1)).isEmpty();
        assertThat(locks.newestToken("t5")).isEqualTo(1);
    }

    @Test
    void aStateDirectoryThatWasRemovedUnderTheAgentIsSaidToBeGone() throws IOException {
        Path gone = Files.createDirectory(directory.resolve("locks"));
        locks = new ClusterLocks(gone, () -> nanos, Clock.fixed(SINCE, ZoneOffset.UTC));
        Files.delete(gone);

        assertThatThrownBy(() -> locks.lock(alice(1), ALICE_LINE))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().summary()).isEqualTo("could not write " + gone + "/t5.properties");
                    assertThat(failed.problem().details())
                            .containsExactly("there is no directory " + gone + " any more");
                    assertThat(failed.problem().hint())
                            .isEqualTo("restart the agent: it makes what is missing of its state directory");
                });
    }

    @Test
    void aSecondRunIsToldWhoHoldsTheLock() {
        locks.lock(alice(1), ALICE_LINE);
        pass(Duration.ofSeconds(4));

        assertThat(locks.lock(bob(2), BOB_LINE))
                .isEqualTo(new LockOutcome.HeldBy(new LockHolder(
                        "alice@ops1 pid 11", "apply t5.yaml", 1, SINCE, Duration.ofSeconds(4), Duration.ofSeconds(6))));
    }

    @Test
    void askingAgainAfterALostAnswerIsGrantedAgain() {
        locks.lock(alice(1), ALICE_LINE);

        assertThat(locks.lock(alice(1), new Connection(7))).isEqualTo(new LockOutcome.Granted(1));
    }

    @Test
    void anotherRunThatCallsItselfTheSameIsNotGrantedTheSameLock() {
        locks.lock(containers("f1257"), ALICE_LINE);

        assertThat(locks.lock(containers("5ec0d"), BOB_LINE)).isInstanceOf(LockOutcome.HeldBy.class);
    }

    @Test
    void whoeverSendsNoNonceCannotProveToBeTheSameRun() {
        locks.lock(containers(""), ALICE_LINE);

        assertThat(locks.lock(containers(""), BOB_LINE)).isInstanceOf(LockOutcome.HeldBy.class);
    }

    @Test
    void afterARestartOfTheAgentTheSameRunIsStillToldApart() {
        locks.lock(containers("f1257"), ALICE_LINE);
        startAgent();

        assertThat(locks.lock(containers("5ec0d"), BOB_LINE)).isInstanceOf(LockOutcome.HeldBy.class);
        assertThat(locks.lock(containers("f1257"), ALICE_LINE)).isEqualTo(new LockOutcome.Granted(1));
    }

    @Test
    void aTokenThatIsNotNewerIsNotGranted() {
        locks.lock(alice(5), ALICE_LINE);
        locks.release("t5", 5);

        assertThat(locks.lock(bob(5), BOB_LINE)).isEqualTo(new LockOutcome.NotNewer(5));
        assertThat(locks.lock(bob(6), BOB_LINE)).isEqualTo(new LockOutcome.Granted(6));
    }

    @Test
    void aRenewedLockOutlivesItsTimeToLive() {
        locks.lock(alice(1), ALICE_LINE);
        pass(Duration.ofSeconds(9));
        assertThat(locks.renew("t5", 1, ALICE_LINE)).isTrue();
        pass(Duration.ofSeconds(9));

        assertThat(locks.refusal("t5", 1)).isEmpty();
    }

    @Test
    void aSilentHolderLosesTheLockAndCannotReviveIt() {
        locks.lock(alice(1), ALICE_LINE);
        pass(Duration.ofSeconds(10));

        assertThat(locks.holder("t5")).isEmpty();
        assertThat(locks.renew("t5", 1, ALICE_LINE)).isFalse();
        assertThat(locks.release("t5", 1)).isFalse();
        assertThat(locks.lock(bob(2), BOB_LINE)).isEqualTo(new LockOutcome.Granted(2));
    }

    @Test
    void theLockOfAKilledControllerFallsTwoSecondsAfterItsConnectionClosed() {
        locks.lock(alice(1), ALICE_LINE);
        locks.connectionClosed(ALICE_LINE);
        pass(Duration.ofMillis(1_999));
        assertThat(locks.lock(bob(2), BOB_LINE)).isInstanceOf(LockOutcome.HeldBy.class);
        pass(Duration.ofMillis(1));

        assertThat(locks.lock(bob(2), BOB_LINE)).isEqualTo(new LockOutcome.Granted(2));
    }

    @Test
    void aControllerThatReconnectsInTimeKeepsTheLock() {
        locks.lock(alice(1), ALICE_LINE);
        locks.connectionClosed(ALICE_LINE);
        pass(Duration.ofMillis(1_500));
        assertThat(locks.renew("t5", 1, new Connection(3))).isTrue();
        pass(Duration.ofSeconds(9));

        assertThat(locks.holder("t5")).isPresent();
    }

    @Test
    void aConnectionThatClosesLateDoesNotLengthenATimeToLive() {
        locks.lock(alice(1), ALICE_LINE);
        pass(Duration.ofMillis(9_500));
        locks.connectionClosed(ALICE_LINE);
        pass(Duration.ofMillis(500));

        assertThat(locks.holder("t5")).isEmpty();
    }

    @Test
    void anotherConnectionThatClosesChangesNothing() {
        locks.lock(alice(1), ALICE_LINE);
        locks.connectionClosed(BOB_LINE);
        pass(Duration.ofSeconds(5));

        assertThat(locks.holder("t5")).isPresent();
    }

    @Test
    void aStoppedControllerKeepsItsConnectionAndTheTimeToLiveDecides() {
        locks.lock(alice(1), ALICE_LINE);
        pass(Duration.ofMillis(9_999));
        assertThat(locks.lock(bob(2), BOB_LINE)).isInstanceOf(LockOutcome.HeldBy.class);
        pass(Duration.ofMillis(1));

        assertThat(locks.lock(bob(2), BOB_LINE)).isInstanceOf(LockOutcome.Granted.class);
    }

    @Test
    void clustersDoNotShareALock() {
        locks.lock(alice(1), ALICE_LINE);

        assertThat(locks.lock(
                        new LockRequest("orders", "bob@ops2 pid 12", "apply", 1, Duration.ofSeconds(10), "b0b"),
                        BOB_LINE))
                .isEqualTo(new LockOutcome.Granted(1));
    }

    @Test
    void afterARestartOfTheAgentTheLockIsHeldForItsTimeToLiveAgain() {
        locks.lock(alice(4), ALICE_LINE);
        pass(Duration.ofSeconds(9));
        startAgent();
        pass(Duration.ofMillis(9_999));

        assertThat(locks.holder("t5"))
                .hasValueSatisfying(holder -> assertThat(holder.since()).isEqualTo(SINCE));
        assertThat(locks.renew("t5", 4, new Connection(1))).isTrue();
    }

    @Test
    void whoeverHoldsALongLockComesBackToARestartedAgentWithinTenSeconds() {
        locks.lock(alice(4, Duration.ofSeconds(40)), ALICE_LINE);
        startAgent();
        pass(Duration.ofMillis(9_999));
        assertThat(locks.holder("t5")).isPresent();
        pass(Duration.ofMillis(1));

        assertThat(locks.lock(bob(5), BOB_LINE)).isEqualTo(new LockOutcome.Granted(5));
    }

    @Test
    void afterARestartALateTokenIsStillRefused() {
        locks.lock(alice(4), ALICE_LINE);
        locks.release("t5", 4);
        startAgent();

        assertThat(locks.newestToken("t5")).isEqualTo(4);
        assertThat(locks.refusal("t5", 3)).isPresent();
        assertThat(locks.lock(bob(4), BOB_LINE)).isEqualTo(new LockOutcome.NotNewer(4));
    }

    @Test
    void anActionWithoutATokenIsRefused() {
        locks.lock(bob(7), BOB_LINE);

        assertThat(text(locks.refusal("t5", 0).orElseThrow())).isEqualTo("""
                        LOCK-001 an action that changes cluster t5 needs its lock
                        held by bob@ops2 pid 12 (apply t5.yaml) since 2026-11-23T00:51:01Z, last heard 0 s ago
                        Hint: let an apply carry it out: it takes the lock first
                        """);
    }

    @Test
    void aPausedAndResumedControllerCannotActLate() {
        locks.lock(alice(1), ALICE_LINE);
        pass(Duration.ofSeconds(30));
        locks.lock(bob(2), BOB_LINE);
        pass(Duration.ofSeconds(3));

        assertThat(text(locks.refusal("t5", 1).orElseThrow())).isEqualTo("""
                        LOCK-002 another run has taken the lock of cluster t5
                        the action carries token 1, the newest granted here is 2
                        held by bob@ops2 pid 12 (apply t5.yaml) since 2026-11-23T00:51:01Z, last heard 3 s ago
                        Hint: wait until that run has ended, then run the command again: it continues
                        """);
    }

    @Test
    void aTokenWhoseLockHasFallenIsRefusedThoughNobodyTookIt() {
        locks.lock(alice(1), ALICE_LINE);
        pass(Duration.ofSeconds(10));

        assertThat(text(locks.refusal("t5", 1).orElseThrow())).isEqualTo("""
                        LOCK-003 the lock of cluster t5 is not held with token 1
                        newest token granted here: 1; its lock has fallen or was released
                        Hint: run the command again: it takes the lock and continues
                        """);
    }

    @Test
    void aTokenThatWasNeverGrantedHereIsRefused() {
        assertThat(locks.refusal("t5", 9))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("LOCK-003"));
    }

    @Test
    void aDamagedLockFileIsNotTakenForNoLock() throws IOException {
        Files.writeString(directory.resolve("t5.properties"), "newest_token=many\n");

        assertThatThrownBy(() -> locks.lock(alice(1), ALICE_LINE))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("LOCK-004 could not make sense of the lock file " + directory.resolve("t5.properties"));
    }

    @Test
    void aClusterNameThatIsAPathIsRefused() {
        assertThatThrownBy(() -> locks.newestToken("../t5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"../t5\" is not a cluster name");
    }

    private static LockRequest alice(long token) {
        return alice(token, Duration.ofSeconds(10));
    }

    private static LockRequest alice(long token, Duration ttl) {
        return new LockRequest("t5", "alice@ops1 pid 11", "apply t5.yaml", token, ttl, "a11ce");
    }

    /** In two containers the user, the host's name and the pid may all be equal. */
    private static LockRequest containers(String nonce) {
        return new LockRequest("t5", "root@apply pid 1", "apply t5.yaml", 1, Duration.ofSeconds(10), nonce);
    }

    private static LockRequest bob(long token) {
        return new LockRequest("t5", "bob@ops2 pid 12", "apply t5.yaml", token, Duration.ofSeconds(10), "b0b");
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static String text(AgentProblem problem) {
        return problem.code() + " " + problem.summary() + "\n" + String.join("\n", problem.details()) + "\nHint: "
                + problem.hint() + "\n";
    }
}
