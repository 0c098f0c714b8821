package io.pgherder.controller.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code --limit}: a command about some of the nodes. */
class LimitOptionTest {
    private static final String WORK_MEM = Prompt.ORDERS.replace("nodes:\n", "settings: { work_mem: 5MB }\nnodes:\n");

    private final SimulatedAgents agents = new SimulatedAgents();
    private final Path directory;
    private final Prompt prompt;
    private final String topology;

    LimitOptionTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
        topology = prompt.orders();
    }

    /** As declared until work_mem is. */
    private void workMemIsRaised() {
        assertThat(prompt.run("apply", topology, "--yes")).isZero();
        prompt.write("orders.yaml", WORK_MEM);
        prompt.clear();
    }

    @Test
    void aPlanHasTheStepsOfItsNodesAndSaysWhatItLeavesOut() {
        workMemIsRaised();

        assertThat(prompt.run("plan", topology, "--limit", "pg2")).isZero();

        assertThat(out()).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s.

                  ~ pg2  standby of pg1  change  write settings, reload

                Steps                                               after  impact
                  1  pg2  write settings: work_mem                  -      none
                          pgherder.conf says otherwise (line 11)
                  2  pg2  reload                                    1      reload
                          a reload puts in force: work_mem

                Plan: 0 nodes to create, 1 to change, 0 to move, 0 to remove. 2 steps.
                Impact: reload of pg2. Nothing restarts; no data is deleted.
                Note: pg1: the server does not know work_mem; whether a reload is enough cannot be told
                Note: pg2: the server does not know work_mem; whether a reload is enough cannot be told
                Note: 2 steps on pg1 are left out by --limit pg2

                Nothing has been changed. To carry out these steps:
                  pgherder apply orders.yaml --limit pg2
                """);
    }

    @Test
    void whatWaitsForANodeOutsideIsRefusedWithAllThatIsMissing() {
        assertThat(prompt.run("plan", topology, "--limit", "pg2")).isEqualTo(4);

        assertThat(err()).isEqualTo("""
                Error: what is to be done on pg2 waits for steps on pg1, which --limit leaves out  [PLAN-013]

                  pg2
                  step: pg2 clone from pg1
                  it needs: pg_hba.conf of pg1 is as declared
                  left out: pg1 initialize a new primary
                  it needs: the replication role can log in to pg1
                  left out: pg1 ensure replication role rep
                  it needs: slot pg2 exists on pg1
                  left out: pg1 create slot pg2
                  it needs: pg1 runs
                  left out: pg1 start as the primary
                  Hint: add pg1 to --limit
                """);
        prompt.clear();
        assertThat(prompt.run("apply", topology, "--limit", "pg2", "--yes")).isEqualTo(4);
        assertThat(err()).contains("[PLAN-013]").endsWith("\nNothing has been changed.\n");
    }

    @Test
    void applyCarriesOutWhatIsWithinAndDoesNotSayThatAllMatches() {
        workMemIsRaised();

        assertThat(prompt.run("apply", topology, "--limit", "pg2", "--yes")).isZero();
        assertThat(out().substring(out().indexOf("Applied"))).isEqualTo("""
                Applied 2 of 2 steps to orders in 0.0s. Writes are possible, as they were before.
                orders does not match orders.yaml: steps are left out.
                Note: 2 steps on pg1 are left out by --limit pg2
                """);
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--limit", "pg2")).isZero();
        assertThat(out().lines().skip(2))
                .containsExactly(
                        "Nothing to do within --limit, but orders does not match orders.yaml: steps are left out.",
                        "Note: pg1: the server does not know work_mem; whether a reload is enough cannot be told",
                        "Note: 2 steps on pg1 are left out by --limit pg2");
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--limit", "pg2", "-q")).isZero();
        assertThat(out())
                .isEqualTo("Nothing to do within --limit, but orders does not match orders.yaml:"
                        + " steps are left out.\nNote: 2 steps on pg1 are left out by --limit pg2\n");
        prompt.clear();

        assertThat(prompt.run("plan", topology, "--limit", "pg2", "--detailed-exitcode"))
                .isEqualTo(3);
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--limit", "pg1,pg2", "--yes")).isZero();
        assertThat(out()).endsWith("\norders now matches orders.yaml.\n");
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--limit", "pg2")).isZero();
        assertThat(out()).endsWith("\nNothing to do: orders matches orders.yaml.\n");
    }

    @Test
    void programsAreToldTheLimitAndThatItLeavesSomething() {
        workMemIsRaised();

        prompt.run("plan", topology, "--limit", "pg2", "-o", "json");
        assertThat(prompt.out())
                .contains("\"limit\": [\n    \"pg2\"\n  ]", "\"matches\": false", "2 steps on pg1 are left out");
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--limit", "pg2", "--yes", "-o", "json"))
                .isZero();
        assertThat(prompt.out().lines().reduce((earlier, last) -> last).orElseThrow())
                .contains("\"complete\":true,\"matches\":false", "\"steps_remaining\":0");
    }

    @Test
    void theNextCommandRepeatsTheLimitUnlessASavedPlanHasIt() {
        workMemIsRaised();
        String saved = prompt.path("orders.plan");

        prompt.run("plan", topology, "--limit", "pg2,pg1", "--tls", "certs");
        assertThat(out()).endsWith("these steps:\n  pgherder apply orders.yaml --limit pg2,pg1 --tls certs\n");
        prompt.run("plan", topology, "--limit", "pg2", "--out", saved);
        assertThat(out()).endsWith("these steps:\n  pgherder apply orders.yaml --plan orders.plan\n");

        agents.fail("WriteSettings");
        assertThat(prompt.run("apply", topology, "--limit", "pg2", "--yes")).isEqualTo(5);
        assertThat(out())
                .endsWith(
                        "To continue, once the cause of the failure is gone:\n  pgherder apply orders.yaml --limit pg2\n");
        prompt.clear();
        assertThat(prompt.run("apply", topology, "--plan", saved, "--yes")).isEqualTo(5);
        assertThat(out())
                .endsWith(
                        "To continue, once the cause of the failure is gone:\n  pgherder apply orders.yaml --limit pg2\n");
    }

    @Test
    void aSavedPlanIsComparedWithinItsLimit() {
        workMemIsRaised();
        String saved = prompt.path("orders.plan");
        assertThat(prompt.run("plan", topology, "--limit", "pg2", "--out", saved))
                .isZero();
        assertThat(prompt.run("apply", topology, "--limit", "pg1", "--yes")).isZero();
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--plan", saved, "--yes"))
                .as("what is outside may change")
                .isZero();
        assertThat(out()).endsWith("\norders now matches orders.yaml.\n");
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--plan", saved, "--yes")).isEqualTo(4);
        assertThat(err()).endsWith("""
                  Hint: look at today's plan: pgherder plan orders.yaml --limit pg2

                Nothing has been changed.
                """);
        prompt.clear();

        assertThat(prompt.run("apply", topology, "--plan", saved, "--limit", "pg2"))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("""
                Error: --plan goes as far as its plan was made to go: --limit and --prune belong to plan --out  [CLI-001]

                  Hint: "pgherder apply --help" shows what there is
                """);
    }

    @Test
    void aNameThatNoFileHasIsASuggestionAndNobodyIsAsked() {
        Prompt alone = Prompt.in(directory, Prompt.NOBODY);

        for (String command : new String[] {"plan", "apply", "status"}) {
            assertThat(alone.run(command, topology, "--limit", "pg1,pg22,,db"))
                    .as(command)
                    .isEqualTo(2);
            assertThat(alone.err().replace(directory + "/", "")).as(command).isEqualTo("""
                    Error: --limit names "pg22", which is not a node in orders.yaml  [CLI-010]

                      there are pg1, pg2
                      Hint: did you mean "pg2"?

                    Error: --limit names "", which is not a node in orders.yaml  [CLI-010]

                      there are pg1, pg2
                      Hint: which of them is meant?

                    Error: --limit names "db", which is not a node in orders.yaml  [CLI-010]

                      there are pg1, pg2
                      Hint: which of them is meant?
                    """);
            alone.clear();
        }
    }

    @Test
    void ofAFleetOnlyTheClustersWithSuchANodeHaveTheirTurn() {
        assertThat(prompt.run("apply", topology, "--yes")).isZero();
        String parts = prompt.write(
                "parts.yaml",
                Prompt.ORDERS
                                .replace("cluster: orders", "cluster: parts")
                                .replace("port: 19", "port: 29")
                                .replace("/pg/", "/parts/")
                        + "  pg3: { host: db2, port: 2923 }\n");
        prompt.clear();

        assertThat(prompt.run("status", topology, parts, "--limit", "pg1")).isZero();
        assertThat(err()).isEqualTo("2 clusters: 1 ok, 1 with problems.\n");
        prompt.clear();
        assertThat(prompt.run("status", topology, parts, "--limit", "pg3")).isZero();
        assertThat(out()).startsWith("Cluster parts (parts.yaml)\n").doesNotContain("orders");
        assertThat(err()).isEqualTo("2 clusters: 1 with problems, 1 left out.\n");
        prompt.clear();
        assertThat(prompt.run("status", topology, parts, "--limit", "pg4")).isEqualTo(2);
        assertThat(err()).isEqualTo("""
                Error: --limit names "pg4", which is not a node in any of 2 topology files  [CLI-010]

                  there are pg1, pg2, pg3
                  Hint: which of them is meant?
                """);
    }

    @Test
    void ofTheNodesOfAnotherClusterTheNextCommandDoesNotSpeak() {
        assertThat(prompt.run("apply", topology, "--yes")).isZero();
        prompt.write("orders.yaml", WORK_MEM);
        String parts = prompt.write(
                "parts.yaml",
                Prompt.ORDERS
                        .replace("cluster: orders", "cluster: parts")
                        .replace("port: 19", "port: 29")
                        .replace("/pg/", "/parts/")
                        .replace("pg2", "pg9"));
        prompt.clear();

        prompt.run("plan", topology, parts, "--limit", "pg9,pg2");

        assertThat(out()).contains("\n  pgherder apply orders.yaml --limit pg2\n");
    }

    @Test
    void statusShowsTheNamedNodesAndWhatConcernsTheWhole() {
        assertThat(prompt.run("apply", topology, "--yes")).isZero();
        prompt.clear();

        assertThat(prompt.run("status", topology, "--limit", "pg2")).isZero();
        assertThat(out()).isEqualTo("""
                NODE  ROLE     STATE      TL  RECEIVED  DELAY  REPLAY LAG  SYNC  AGENT
                pg2   standby  streaming   1  0/32      0 B    -           -     ok

                Writes: possible on pg1; pg2 must have each commit and streams.
                """);
        prompt.clear();

        prompt.run("status", topology, "--limit", "pg2", "-o", "json");
        assertThat(prompt.out())
                .contains("\"primary\": \"pg1\"", "\"name\": \"pg2\"")
                .doesNotContain("\"name\": \"pg1\"");
    }

    private String out() {
        return prompt.out().replace(directory + "/", "");
    }

    private String err() {
        return prompt.err().replace(directory + "/", "");
    }
}
