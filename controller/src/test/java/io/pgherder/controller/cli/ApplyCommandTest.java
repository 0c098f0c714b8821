package io.pgherder.controller.cli;

import io.pgherder.controller.sample.Orders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ApplyCommandTest {
    private final SimulatedAgents agents = new SimulatedAgents();
    private final Prompt prompt;
    private final String topology;

    ApplyCommandTest(@TempDir Path directory) {
        prompt = Prompt.in(directory, agents);
        topology = prompt.orders();
    }

    @Test
    void applyBuildsTheClusterAndSaysThatItMatches() {
        int code = prompt.run("apply", topology, "--yes");
        assertThat(code).as(prompt.err() + prompt.out()).isZero();

        assertThat(prompt.out()).startsWith("Cluster orders, new, PostgreSQL 15.");
        assertThat(prompt.out()).endsWith("orders now matches " + topology + ".\n");
        assertThat(prompt.err()).contains("pg2  clone from pg1").doesNotContain("Error");
    }

    @Test
    void appliedTwiceThereIsNothingToDo() {
        prompt.run("apply", topology, "--yes");
        prompt.clear();

        assertThat(prompt.run("apply", topology)).isZero();
        assertThat(prompt.out()).endsWith("Nothing to do: orders matches " + topology + ".\n");
    }

    @Test
    void whatANextApplyWouldBeRefusedForIsNoFailureOfThisOne() {
        agents.fail("CloneStandby");
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db2"));

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(5);

        assertThat(prompt.err()).endsWith("""

                Error: could not clone pg2  [CLONE-003]

                  Last lines of its output:
                    disk full

                In the way: the agent of db2 could not be asked  [PREFLIGHT-001]

                  db2
                  agent of db2 refused the connection  [CONNECT-001]
                  not seen: pg2
                  Hint: does the agent of db2 run?
                """);
        assertThat(prompt.out()).endsWith("""

                Applied 4 of 6 steps to orders in 0.0s. Writes hang: commits wait for 1 standby, and fewer confirm.
                Whether orders matches %s could not be seen, and as things are a next apply would be refused.
                To continue, once nothing is in the way:
                  pgherder apply %s
                """.formatted(topology, topology));
    }

    @Test
    void aClusterOfWhichTheLastLookSawOnlyAPartMayMatch() {
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db2"));

        assertThat(prompt.run("apply", topology, "--yes"))
                .as("nobody saw that it matches")
                .isEqualTo(5);

        assertThat(prompt.out()).endsWith("""

                Applied 6 of 6 steps to orders in 0.0s.
                Whether orders matches %s could not be seen, and as things are a next apply would be refused.
                To continue, once nothing is in the way:
                  pgherder apply %s
                """.formatted(topology, topology));
        assertThat(prompt.err()).endsWith("""

                In the way: the agent of db2 could not be asked  [PREFLIGHT-001]

                  db2
                  agent of db2 refused the connection  [CONNECT-001]
                  not seen: pg2
                  Hint: does the agent of db2 run?
                """);
    }

    @Test
    void programsAreToldThatAllIsDoneAndNotKnownWhetherItMatches() {
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db2"));

        assertThat(prompt.run("apply", topology, "--yes", "-o", "json")).isEqualTo(5);

        assertThat(prompt.out().lines().reduce((earlier, last) -> last).orElseThrow())
                .contains("\"complete\":true,\"matches\":null", "\"steps_remaining\":0", "\"code\":\"PREFLIGHT-001\"");
    }

    @Test
    void whatWasSeenToBeAmissIsNoMatchWhateverCouldNotBeSeen() {
        agents.fail("CloneStandby");
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db1"));

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(5);

        assertThat(prompt.out())
                .contains("\norders does not match " + topology
                        + " yet, and as things are a next apply would be refused.\n");
    }

    @Test
    void withoutATerminalAndWithoutYesApplyIsRefused() {
        assertThat(prompt.run("apply", topology)).isEqualTo(4);
        assertThat(prompt.err()).isEqualTo("""
                Error: there is nobody to ask: standard input is not a terminal  [CLI-002]

                  Hint: add --yes to carry the plan out without a question

                Nothing has been changed.
                """);
    }

    @Test
    void newDataNeedsAWholeYes() {
        prompt.on(new Terminals(true, false, false));
        prompt.type("y\n");
        assertThat(prompt.run("apply", topology)).isEqualTo(4);
        assertThat(prompt.err()).endsWith("""
                Carry out 6 steps on orders? Only "yes" is accepted: \
                Error: the answer was not yes  [CLI-003]

                  answered  "y"
                  Hint: to carry it out, run the same command again and answer "yes"

                Nothing has been changed.
                """);

        prompt.type("yes\n");
        assertThat(prompt.run("apply", topology)).isZero();
    }

    @Test
    void aSavedPlanIsCarriedOutOnceAndRefusedWhenTheClusterHasChanged() {
        String plan = prompt.path("orders.plan");
        assertThat(prompt.run("plan", topology, "--out", plan)).isZero();
        assertThat(prompt.out())
                .endsWith("exactly these steps:\n  pgherder apply " + topology + " --plan " + plan + "\n");

        assertThat(prompt.run("apply", topology, "--plan", plan, "--yes")).isZero();
        prompt.clear();
        assertThat(prompt.run("apply", topology, "--plan", plan, "--yes")).isEqualTo(4);
        assertThat(prompt.out()).as("a refusal is no success").isEmpty();
        assertThat(prompt.err()).isEqualTo("""
                Error: the cluster has changed since the plan was made: the plan is not carried out  [PLANFILE-006]

                  system    was new, is 7421903344718816021
                  vanished  pg1: initialize a new primary
                  vanished  pg1: start as the primary
                  vanished  pg1: ensure replication role rep
                  vanished  pg1: create slot pg2
                  vanished  pg2: clone from pg1
                  vanished  pg2: start, streaming from pg1
                  Hint: look at today's plan: pgherder plan %s

                Nothing has been changed.
                """.formatted(topology));
    }

    @Test
    void aSavedPlanThatSomebodyHasCarriedOutMeanwhileEndsOnceAndNotComplete() {
        String plan = prompt.path("orders.plan");
        prompt.run("plan", topology, "--out", plan);
        prompt.run("apply", topology, "--yes");
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--plan", plan, "--yes", "-o", "json"))
                .isEqualTo(4);

        List<String> lines = prompt.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("\"event\":\"planned\"", "\"steps\":[]", "\"matches\":true");
        assertThat(lines.get(1)).contains("\"event\":\"refused\"", "\"code\":\"PLANFILE-006\"");
        assertThat(lines.get(2))
                .isEqualTo("{\"at\":\"2026-11-23T01:00:00Z\",\"event\":\"apply_finished\",\"cluster\":\"orders\","
                        + "\"complete\":false}");
    }

    @Test
    void aFailedStepLeavesTheRestIncomplete() {
        agents.fail("CloneStandby");

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(5);
        assertThat(prompt.err()).contains("Error: could not clone pg2  [CLONE-003]", "disk full");
        assertThat(prompt.out()).contains("""
                orders does not match %s yet: a next apply would take 2 steps.
                """.formatted(topology)).endsWith("""

                To continue, once the cause of the failure is gone:
                  pgherder apply %s
                """.formatted(topology));
    }

    @Test
    void theLastWordsBeforeTheFirstChangeAreThatThereWasNone() {
        assertThat(prompt.run("plan", topology)).isZero();
        assertThat(prompt.run("apply", topology)).isEqualTo(4);
        assertThat(prompt.lastWords()).hasSize(2);

        Pgherder.run(prompt.surroundings().amidAnotherCommand(), "plan", topology);
        assertThat(prompt.lastWords())
                .as("the demo has made its agents by then")
                .hasSize(2);
        prompt.clear();
        prompt.lastWords().get(1).run();
        assertThat(prompt.err()).isEqualTo("\nNothing has been changed.\n");
    }

    @Test
    void theEventsOfAnApplyAreJsonLinesAndTheLastOneIsTheEnd() {
        assertThat(prompt.run("apply", topology, "--yes", "-o", "json")).isZero();

        List<String> lines = prompt.out().lines().toList();
        assertThat(lines).allMatch(line -> line.startsWith("{\"at\":\"2026-11-23T01:00:00Z\",\"event\":\""));
        assertThat(lines.get(0))
                .contains("\"event\":\"planned\",\"cluster\":\"orders\",\"plan\":{\"cluster\":\"orders\"");
        assertThat(lines.get(2))
                .contains("\"event\":\"step_started\"", "\"step\":1,\"node\":\"pg1\",\"action\":\"InitPrimary\"");
        assertThat(lines.get(lines.size() - 1))
                .contains("\"event\":\"apply_finished\"", "\"complete\":true,\"matches\":true");
    }

    @Test
    void whatNoStepCanChangeIsADifferenceAlsoForScripts() {
        applyAndMoveWal();
        prompt.clear();

        assertThat(prompt.run("apply", topology)).isEqualTo(3);
        assertThat(prompt.out())
                .contains("\nNothing to do, but orders does not match " + topology
                        + ": something declared is not in force.\n");
    }

    @Test
    void allStepsDoneAreNotAllAsDeclared() {
        applyAndMoveWal();
        agents.stop(Orders.PG2);
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--yes")).isEqualTo(3);
        assertThat(prompt.out())
                .contains("\norders does not match " + topology + ": something declared is not in force.\n");
    }

    @Test
    void whatIsBesideTheFileIsToldAtTheEnd() {
        prompt.run("apply", topology, "--yes");
        agents.leaveSlot(Orders.PG1, "analytics");
        agents.stop(Orders.PG2);
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--yes")).isZero();
        assertThat(prompt.out())
                .endsWith("\norders now matches " + topology
                        + ", but 1 difference beside the file is left to you: slot_orphaned of pg1.\n"
                        + "\nTo see what is left to you:\n  pgherder drift " + topology + "\n");
    }

    @Test
    void whatIsBesideTheFileIsToldBesideWhatIsNotInForce() {
        applyAndMoveWal();
        agents.leaveSlot(Orders.PG1, "analytics");
        prompt.clear();

        assertThat(prompt.run("apply", topology, "-q")).isEqualTo(3);
        assertThat(prompt.out())
                .startsWith("Nothing to do, but orders does not match " + topology
                        + ": something declared is not in force; 1 difference beside the file is left to you:"
                        + " slot_orphaned of pg1.\nNote: pg2: wal_dir: ");
    }

    private void applyAndMoveWal() {
        prompt.run("apply", topology, "--yes");
        agents.moveWal(Orders.PG2, "/elsewhere/pg_wal");
    }
}
