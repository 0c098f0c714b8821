package io.pgherder.controller.cli;

import io.pgherder.controller.sample.Orders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody else does, or an earlier run still does, while an apply looks, waits and begins. */
class ApplyBesideAnotherRunTest {
    private final SimulatedAgents agents = new SimulatedAgents();
    private final Prompt prompt;
    private final String topology;

    ApplyBesideAnotherRunTest(@TempDir Path directory) {
        prompt = Prompt.in(directory, agents);
        topology = prompt.orders();
    }

    @Test
    void whoeverWaitsForTheLockIsToldHowToLook() {
        agents.holdTheLock();

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(4);

        assertThat(prompt.err())
                .contains("Hint: wait until it has ended; \"pgherder status " + topology
                        + "\" shows what happens meanwhile\n");
    }

    @Test
    void somebodyElsesLockRefusesApply() {
        agents.holdTheLock();

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(4);
        assertThat(prompt.err())
                .contains("Waiting: alice@ops1 pid 4711 holds the lock on orders", "somebody else is changing orders");
    }

    @Test
    void whatAnotherRunHasDoneMeanwhileIsNoFailure() {
        agents.overtake(() -> {
            prompt.run("apply", topology, "--yes");
            prompt.clear();
        });

        assertThat(prompt.run("apply", topology, "--yes")).isZero();
        assertThat(prompt.out()).isEqualTo(changedByAnotherRun());
        assertThat(prompt.err()).startsWith("Waiting: ").doesNotContain("Error", "PLANFILE");
    }

    @Test
    void whoeverHadTheLockAtTheLookHasChangedSomethingAfterIt() {
        agents.fail("CloneStandby");
        prompt.run("apply", topology, "--yes");
        prompt.clear();
        agents.carryOut("CloneStandby");
        agents.haveTheLockAtTheNextLook(() -> {
            prompt.run("apply", topology, "--yes");
            prompt.clear();
        });

        assertThat(prompt.run("apply", topology, "--yes")).isZero();
        assertThat(prompt.out()).isEqualTo(changedByAnotherRun());
    }

    @Test
    void whatAnotherRunHasLeftIsNamedAndNotCarriedOutUnseen() {
        agents.fail("CloneStandby");
        agents.overtake(() -> {
            prompt.run("apply", topology, "--yes");
            prompt.clear();
        });

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(4);
        assertThat(prompt.err().substring(prompt.err().indexOf("Error"))).isEqualTo("""
                Error: another run has changed orders meanwhile: what was shown is not what is left to do  [CLI-005]

                  system    was new, is 7421903344718816021
                  vanished  pg1: initialize a new primary
                  vanished  pg1: start as the primary
                  vanished  pg1: ensure replication role rep
                  vanished  pg1: create slot pg2
                  Hint: 2 steps are left; look at them, and carry them out: pgherder apply %s

                Nothing has been changed.
                """.formatted(topology));
    }

    @Test
    void whatWasSeenRunningAndHasEndedLeavesTheRestOfWhatWasShown() {
        leaveACloneRunning();

        assertThat(prompt.run("apply", topology, "--yes")).as(prompt.err()).isZero();
        assertThat(prompt.out()).contains("already running since 1970-01-01T00:00:00Z");
        assertThat(prompt.err()).startsWith("""

                Ended meanwhile: pg2 clone from pg1

                Applying 1 step to orders
                """);
    }

    @Test
    void afterWhatWasSeenRunningTheNumbersOfTheStepsAreAnnouncedAnew() {
        leaveACloneRunning();

        assertThat(prompt.run("apply", topology, "--yes", "-o", "json")).isZero();
        assertThat(prompt.out().lines().map(line -> line.replaceAll(".*\"event\":\\s?\"(\\w+)\".*", "$1")))
                .startsWith("planned", "ended_meanwhile", "planned", "apply_started", "step_started");
    }

    @Test
    void whatAnEarlierRunHasLeftAtAnAgentIsWaitedFor() {
        prompt.run("apply", topology, "--yes");
        prompt.clear();
        agents.beBusyAtTheNextLook(Orders.PG2);

        assertThat(prompt.run("apply", topology)).isZero();
        assertThat(prompt.err())
                .isEqualTo("Waiting: the agent of pg2 is busy with something else (running: RestartInstance,"
                        + " operation op-9, since 1970-01-01T00:00:00Z); that ends by itself.\n");
        assertThat(prompt.out()).endsWith("Nothing to do: orders matches " + topology + ".\n");
    }

    @Test
    void whatCannotBePlannedSafelyAnyMoreIsRefusedWithTheReasonOfNow() {
        agents.overtake(() -> agents.silence("db2"));

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(4);
        assertThat(prompt.err())
                .contains("agent of db2 refused the connection")
                .doesNotContain("CLI-005")
                .endsWith("\nNothing has been changed.\n");
    }

    private String changedByAnotherRun() {
        return """

                Another run has changed orders meanwhile.
                Nothing to do: orders matches %s.
                """.formatted(topology);
    }

    private void leaveACloneRunning() {
        agents.fail("CloneStandby");
        prompt.run("apply", topology, "--yes");
        prompt.clear();
        agents.carryOut("CloneStandby");
        agents.leaveRunning("CloneStandby");
    }
}
