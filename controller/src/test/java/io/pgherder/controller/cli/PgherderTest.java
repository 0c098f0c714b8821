package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PgherderTest {
    private static final String TOPOLOGY = """
            cluster: orders
            primary: pg1
            postgres: { version: 15 }
            replication: { user: rep, password: { file: rep.password } }
            synchronous: { any: 1, of: [pg1, pg2] }
            agents: { tls: tls }
            hosts:
              db1: { address: 10.0.1.11 }
              db2: { address: 10.0.1.12 }
            defaults: { data_dir: "/data01/pg/{node}" }
            nodes:
              pg1: { host: db1, port: 1921 }
              pg2: { host: db2, port: 1922 }
            """;

    @TempDir
    private Path directory;

    private final SimulatedAgents agents = new SimulatedAgents();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Runnable> lastWords = new ArrayList<>();
    private String typed = "";
    private boolean stopsAtOnce;
    private Terminals terminals = Terminals.NONE;
    private String topology = "";

    @BeforeEach
    void writeTopology() throws IOException {
        Files.writeString(directory.resolve("rep.password"), "sesame");
        Files.setPosixFilePermissions(directory.resolve("rep.password"), PosixFilePermissions.fromString("rw-------"));
        topology = Files.writeString(directory.resolve("orders.yaml"), TOPOLOGY).toString();
    }

    @Test
    void applyBuildsTheClusterAndSaysThatItMatches() {
        int code = run("apply", topology, "--yes");
        assertThat(code).as(err() + out()).isZero();

        assertThat(out()).startsWith("Cluster orders, new, PostgreSQL 15.");
        assertThat(out()).endsWith("orders now matches " + topology + ".\n");
        assertThat(err()).contains("pg2  clone from pg1").doesNotContain("Error");
    }

    @Test
    void appliedTwiceThereIsNothingToDo() {
        run("apply", topology, "--yes");
        out.reset();

        assertThat(run("apply", topology)).isZero();
        assertThat(out()).endsWith("Nothing to do: orders matches " + topology + ".\n");
    }

    @Test
    void planSaysWithItsExitCodeThatThereAreStepsOnlyWhenAsked() {
        assertThat(run("plan", topology)).isZero();
        assertThat(out())
                .endsWith("Nothing has been changed. To carry out these steps:\n  pgherder apply " + topology + "\n");
        assertThat(run("plan", topology, "--detailed-exitcode")).isEqualTo(3);
    }

    @Test
    void theNextCommandCanBePastedWhateverTheFilesAreCalled() throws IOException {
        Path odd = Files.move(Path.of(topology), directory.resolve("bob's orders & more.yaml"));
        String quoted = "'" + directory + "/bob'\\''s orders & more.yaml'";

        assertThat(run("plan", odd.toString())).isZero();
        assertThat(out()).endsWith("To carry out these steps:\n  pgherder apply " + quoted + "\n");

        String plan = directory.resolve("the plan").toString();
        assertThat(run("plan", odd.toString(), "--out", plan)).isZero();
        assertThat(out())
                .endsWith(
                        "exactly these steps:\n  pgherder apply " + quoted + " --plan '" + directory + "/the plan'\n");

        agents.fail("CloneStandby");
        assertThat(run("apply", odd.toString(), "--yes")).isEqualTo(5);
        assertThat(out()).endsWith("To continue:\n  pgherder apply " + quoted + "\n");

        assertThat(run("apply", odd.toString(), "--plan", plan)).isEqualTo(4);
        assertThat(err()).contains("Hint: look at today's plan: pgherder plan " + quoted + "\n");
    }

    @Test
    void withoutATerminalAndWithoutYesApplyIsRefused() {
        assertThat(run("apply", topology)).isEqualTo(4);
        assertThat(err()).isEqualTo("""
                Error: there is nobody to ask: standard input is no terminal  [CLI-002]

                  Hint: add --yes to carry the plan out without a question

                Nothing has been changed.
                """);
    }

    @Test
    void newDataNeedsAWholeYes() {
        terminals = new Terminals(true, false, false);
        typed = "y\n";
        assertThat(run("apply", topology)).isEqualTo(4);
        assertThat(err()).endsWith("""
                Carry out 6 steps on orders? Only "yes" is accepted: \
                Error: the answer was not yes  [CLI-003]

                  answered  "y"
                  Hint: to carry it out, run the same command again and answer "yes"

                Nothing has been changed.
                """);

        typed = "yes\n";
        assertThat(run("apply", topology)).isZero();
    }

    @Test
    void aSavedPlanIsCarriedOutOnceAndRefusedWhenTheClusterHasChanged() {
        String plan = directory.resolve("orders.plan").toString();
        assertThat(run("plan", topology, "--out", plan)).isZero();
        assertThat(out()).endsWith("exactly these steps:\n  pgherder apply " + topology + " --plan " + plan + "\n");

        assertThat(run("apply", topology, "--plan", plan, "--yes")).isZero();
        assertThat(run("apply", topology, "--plan", plan, "--yes")).isEqualTo(4);
        assertThat(err()).contains("the cluster has changed since the plan was made", "vanished  pg2: clone from pg1");
    }

    @Test
    void aSilentAgentRefusesThePlan() {
        agents.silence("db2");

        assertThat(run("plan", topology)).isEqualTo(4);
        assertThat(out()).contains("system unknown", "1 of 2 agents answered", "? pg2");
        assertThat(err()).contains("agent of db2 refused the connection");
    }

    @Test
    void statusFailsOnlyWhenNoAgentAnswers() {
        agents.silence("db2");
        assertThat(run("status", topology)).isZero();
        agents.silence("db1");
        assertThat(run("status", topology)).isEqualTo(1);
    }

    @Test
    void aFailedStepLeavesTheRestIncomplete() {
        agents.fail("CloneStandby");

        assertThat(run("apply", topology, "--yes")).isEqualTo(5);
        assertThat(err()).contains("Error: could not clone pg2  [CLONE-003]", "disk full");
        assertThat(out()).contains("orders does not match " + topology + " yet: ", "To continue:\n  pgherder apply ");
    }

    @Test
    void somebodyElsesLockRefusesApply() {
        agents.holdTheLock();

        assertThat(run("apply", topology, "--yes")).isEqualTo(4);
        assertThat(err())
                .contains("Waiting: alice@ops1 pid 4711 holds the lock on orders", "somebody else is changing orders");
    }

    @Test
    void whatAnotherRunHasDoneMeanwhileIsNoFailure() {
        agents.overtake(() -> {
            run("apply", topology, "--yes");
            out.reset();
            err.reset();
        });

        assertThat(run("apply", topology, "--yes")).isZero();
        assertThat(out()).isEqualTo("""

                Another run has changed orders meanwhile.
                Nothing to do: orders matches %s.
                """.formatted(topology));
        assertThat(err()).startsWith("Waiting: ").doesNotContain("Error", "PLANFILE");
    }

    @Test
    void whatAnotherRunHasLeftIsNamedAndNotCarriedOutUnseen() {
        agents.fail("CloneStandby");
        agents.overtake(() -> {
            run("apply", topology, "--yes");
            err.reset();
        });

        assertThat(run("apply", topology, "--yes")).isEqualTo(4);
        assertThat(err().substring(err().indexOf("Error"))).isEqualTo("""
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
    void whatCannotBePlannedSafelyAnyMoreIsRefusedWithTheReasonOfNow() {
        agents.overtake(() -> agents.silence("db2"));

        assertThat(run("apply", topology, "--yes")).isEqualTo(4);
        assertThat(err())
                .contains("agent of db2 refused the connection")
                .doesNotContain("CLI-005")
                .endsWith("\nNothing has been changed.\n");
    }

    @Test
    void theLastWordsBeforeTheFirstChangeAreThatThereWasNone() {
        assertThat(run("plan", topology)).isZero();
        assertThat(run("apply", topology)).isEqualTo(4);
        assertThat(lastWords).hasSize(2);

        Pgherder.run(surroundings().amidAnotherCommand(), "plan", topology);
        assertThat(lastWords).as("the demo has made its agents by then").hasSize(2);
        err.reset();
        lastWords.get(1).run();
        assertThat(err()).isEqualTo("\nNothing has been changed.\n");
    }

    @Test
    void aQuietPlanIsItsResultInOneLine() {
        assertThat(run("plan", topology, "-q")).isZero();
        assertThat(out()).isEqualTo("Plan: 2 nodes to create, 0 to change, 0 to move, 0 to remove. 6 steps.\n");
        run("apply", topology, "--yes");
        out.reset();

        assertThat(run("plan", topology, "-q")).isZero();
        assertThat(run("apply", topology, "-q")).isZero();
        assertThat(out()).isEqualTo(("Nothing to do: orders matches " + topology + ".\n").repeat(2));
    }

    @Test
    void theAgentIsAmongTheCommandsAlthoughTheLauncherRunsIt() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("  agent     Run the agent on a database host; see docs/first-cluster.md.\n");
        out.reset();

        assertThat(run("help", "agent")).isZero();
        assertThat(out()).isEqualTo("""
                Usage: pgherder agent --config FILE [--check]
                Run the agent on a database host; see docs/first-cluster.md.

                "pgherder agent --help" tells more, where the agent is installed.
                """);
    }

    @Test
    void ofAFleetThatIsStoppedEachClusterThatWasNotBegunIsNamedWithItsCommand() throws IOException {
        String parts = Files.writeString(
                        directory.resolve("parts.yaml"),
                        TOPOLOGY.replace("cluster: orders", "cluster: parts")
                                .replace("/pg/{node}", "/parts/{node}")
                                .replace("port: 19", "port: 29"))
                .toString();
        stopsAtOnce = true;

        run("apply", topology, parts, "--yes");

        assertThat(err()).endsWith("""
                Error: stopped before parts was looked at  [CLI-008]

                  Hint: when it is time for it: pgherder apply %s

                Nothing has been changed.
                2 clusters: 1 failed, 1 refused.
                """.formatted(parts));
    }

    @Test
    void anInvalidTopologyEndsWithTwoAndNobodyIsContacted() throws IOException {
        Files.writeString(Path.of(topology), TOPOLOGY.replace("primary: pg1", "primary: pg9"));

        for (String command : List.of("validate", "plan", "apply", "status")) {
            assertThat(run(command, topology)).as(command).isEqualTo(2);
        }
        assertThat(err()).contains("pg9", "orders.yaml:2:");
    }

    @Test
    void aMistypedCommandOrOptionIsASuggestion() {
        assertThat(run("pln", topology)).isEqualTo(2);
        assertThat(run("plan", topology, "--timout", "3s")).isEqualTo(2);
        assertThat(run("plan", topology, "--timeout", "3")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);

        assertThat(err()).isEqualTo("""
                Error: there is no command 'pln'  [CLI-001]

                  Hint: did you mean "plan"? "pgherder --help" shows what there is
                Error: unknown option: '--timout'  [CLI-001]

                  Hint: did you mean "--timeout"? "pgherder plan --help" shows what there is
                Error: invalid value for option '--timeout': '3' is not a time; write it like 500ms, 5s or 2m  [CLI-001]

                  Hint: "pgherder plan --help" shows what there is
                Error: which command?  [CLI-001]

                  Hint: "pgherder --help" shows what there is
                """);
    }

    @Test
    void aDefectIsASentenceAndItsTraceComesWhenItIsAskedFor() {
        Runnable defect = () -> {
            throw new AssertionError("unknown action Ponder");
        };
        agents.atTheNextLooks(defect, defect);

        assertThat(run("plan", topology)).isEqualTo(1);
        assertThat(err()).isEqualTo("""
                Error: an unexpected error: a defect of pgherder  [CLI-007]

                  java.lang.AssertionError: unknown action Ponder
                  Hint: run the same command with -v for the trace
                """);
        err.reset();

        assertThat(run("plan", topology, "-v")).isEqualTo(1);
        assertThat(err())
                .startsWith("java.lang.AssertionError: unknown action Ponder\n\tat ")
                .endsWith("""
                Error: an unexpected error: a defect of pgherder  [CLI-007]

                  java.lang.AssertionError: unknown action Ponder
                  Hint: please report the trace above
                """);
    }

    @Test
    void theEventsOfAnApplyAreJsonLinesAndTheLastOneIsTheEnd() {
        assertThat(run("apply", topology, "--yes", "-o", "json")).isZero();

        List<String> lines = out().lines().toList();
        assertThat(lines).allMatch(line -> line.startsWith("{\"at\":\"2026-11-23T01:00:00Z\",\"event\":\""));
        assertThat(lines.get(0))
                .contains("\"event\":\"planned\",\"cluster\":\"orders\",\"plan\":{\"cluster\":\"orders\"");
        assertThat(lines.get(2))
                .contains("\"event\":\"step_started\"", "\"step\":1,\"node\":\"pg1\",\"action\":\"InitPrimary\"");
        assertThat(lines.get(lines.size() - 1))
                .contains("\"event\":\"apply_finished\"", "\"complete\":true,\"matches\":true");
    }

    private int run(String... arguments) {
        return Pgherder.run(surroundings(), arguments);
    }

    private Surroundings surroundings() {
        return new Surroundings(
                new ByteArrayInputStream(typed.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminals,
                Map.of("HOME", directory.toString()),
                Clock.fixed(Instant.parse("2026-11-23T01:00:00Z"), ZoneOffset.UTC),
                agents,
                interrupts());
    }

    private Interrupts interrupts() {
        return new Interrupts() {
            @Override
            public void sayAtTheEnd(Runnable words) {
                lastWords.add(words);
            }

            @Override
            public void redirectTo(Stop stop) {
                if (stopsAtOnce) {
                    stop.ask();
                }
            }
        };
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
