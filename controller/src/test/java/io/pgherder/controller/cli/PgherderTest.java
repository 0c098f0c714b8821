package io.pgherder.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PgherderTest {
    private final SimulatedAgents agents = new SimulatedAgents();
    private final Prompt prompt;
    private final String topology;

    PgherderTest(@TempDir Path directory) {
        prompt = Prompt.in(directory, agents);
        topology = prompt.orders();
    }

    @Test
    void planSaysWithItsExitCodeThatThereAreStepsOnlyWhenAsked() {
        assertThat(prompt.run("plan", topology)).isZero();
        assertThat(prompt.out())
                .endsWith("Nothing has been changed. To carry out these steps:\n  pgherder apply " + topology + "\n");
        assertThat(prompt.run("plan", topology, "--detailed-exitcode")).isEqualTo(3);
    }

    @Test
    void theNextCommandCanBePastedWhateverTheFilesAreCalled() throws IOException {
        Path odd = Files.move(Path.of(topology), Path.of(prompt.path("bob's orders & more.yaml")));
        String quoted = "'" + prompt.path("bob'\\''s orders & more.yaml") + "'";

        assertThat(prompt.run("plan", odd.toString())).isZero();
        assertThat(prompt.out()).endsWith("To carry out these steps:\n  pgherder apply " + quoted + "\n");

        String plan = prompt.path("the plan");
        assertThat(prompt.run("plan", odd.toString(), "--out", plan)).isZero();
        assertThat(prompt.out())
                .endsWith("exactly these steps:\n  pgherder apply " + quoted + " --plan '" + prompt.path("the plan")
                        + "'\n");

        agents.fail("CloneStandby");
        assertThat(prompt.run("apply", odd.toString(), "--yes")).isEqualTo(5);
        assertThat(prompt.out())
                .endsWith("To continue, once the cause of the failure is gone:\n  pgherder apply " + quoted + "\n");

        assertThat(prompt.run("apply", odd.toString(), "--plan", plan)).isEqualTo(4);
        assertThat(prompt.err()).contains("Hint: look at today's plan: pgherder plan " + quoted + "\n");
    }

    @Test
    void theNextCommandRepeatsWhereTheCertificatesAre() {
        String again = topology + " --tls '/etc/my tls'\n";
        String saved = prompt.path("orders.plan");

        assertThat(prompt.run("plan", topology, "--tls", "/etc/my tls")).isZero();
        assertThat(prompt.out()).endsWith("\n  pgherder apply " + again);

        assertThat(prompt.run("plan", topology, "--tls", "/etc/my tls", "--out", saved))
                .isZero();
        assertThat(prompt.out())
                .endsWith("\n  pgherder apply " + topology + " --plan " + saved + " --tls '/etc/my tls'\n");

        agents.fail("CloneStandby");
        assertThat(prompt.run("apply", topology, "--yes", "--tls", "/etc/my tls"))
                .isEqualTo(5);
        assertThat(prompt.out())
                .endsWith("To continue, once the cause of the failure is gone:\n  pgherder apply " + again);

        assertThat(prompt.run("apply", topology, "--plan", saved, "--tls", "/etc/my tls"))
                .isEqualTo(4);
        assertThat(prompt.err()).contains("Hint: look at today's plan: pgherder plan " + again);
    }

    @Test
    void aPathThatTheCharsetOfTheLocaleHasNoWordsForIsNoDefect() {
        String charset = System.getProperty("sun.jnu.encoding");

        assertThat(prompt.run("validate", "m\ud800.yaml")).isEqualTo(2);
        assertThat(prompt.err()).isEqualTo("""
                Error: cannot take "m?.yaml" for a path  [CLI-001]

                  names of files are in %s here, as the locale says
                  Hint: is it meant in UTF-8? Then set LC_ALL=C.UTF-8, or use the launcher, which does
                """.formatted(charset));

        prompt.clear();
        prompt.set("PGHERDER_TLS", "/etc/m\ud800");
        assertThat(prompt.run("plan", topology)).isEqualTo(2);
        assertThat(prompt.err()).startsWith("Error: cannot take \"/etc/m?\" for a path  [CLI-001]\n");
    }

    @Test
    void thatAPlanCannotBeSavedIsToldBeforeAnybodyIsAsked() {
        String nowhere = prompt.path("none/orders.plan");

        assertThat(prompt.run("plan", topology, "--out", nowhere)).isEqualTo(1);
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err()).startsWith("Error: cannot write the plan to " + nowhere + "  [PLANFILE-007]\n");
    }

    @Test
    void anEmptyPathIsAnErrorOfUsageAndNotTheDirectoryOneStandsIn() {
        assertThat(prompt.run("validate", "")).isEqualTo(2);
        assertThat(prompt.err()).isEqualTo("""
                Error: TOPOLOGY is empty  [CLI-001]

                  Hint: is a variable of the shell not set? "pgherder validate --help" shows what there is
                """);
        for (List<String> command : List.of(
                List.of("plan", topology, ""),
                List.of("apply", ""),
                List.of("status", ""),
                List.of("plan", topology, "--tls", ""),
                List.of("plan", topology, "--tls="),
                List.of("plan", topology, "--out="),
                List.of("apply", topology, "--plan", ""))) {
            prompt.clear();
            assertThat(prompt.run(command.toArray(String[]::new)))
                    .as(command.toString())
                    .isEqualTo(2);
            assertThat(prompt.err())
                    .as(command.toString())
                    .matches("(?s)Error: (TOPOLOGY|--tls DIR|--out FILE|--plan FILE) is empty  \\[CLI-001].*");
        }
    }

    @Test
    void aSilentAgentRefusesThePlan() {
        agents.silence("db2");

        assertThat(prompt.run("plan", topology)).isEqualTo(4);
        assertThat(prompt.out()).contains("system unknown", "1 of 2 agents answered", "? pg2");
        assertThat(prompt.err()).contains("agent of db2 refused the connection");
    }

    @Test
    void statusFailsOnlyWhenNoAgentAnswers() {
        agents.silence("db2");
        assertThat(prompt.run("status", topology)).isZero();
        agents.silence("db1");
        assertThat(prompt.run("status", topology)).isEqualTo(1);
    }

    @Test
    void aQuietPlanIsItsResultInOneLine() {
        assertThat(prompt.run("plan", topology, "-q")).isZero();
        assertThat(prompt.out()).isEqualTo("Plan: 2 nodes to create, 0 to change, 0 to move, 0 to remove. 6 steps.\n");
        prompt.run("apply", topology, "--yes");
        prompt.clear();

        assertThat(prompt.run("plan", topology, "-q")).isZero();
        assertThat(prompt.run("apply", topology, "-q")).isZero();
        assertThat(prompt.out()).isEqualTo(("Nothing to do: orders matches " + topology + ".\n").repeat(2));
    }

    @Test
    void theAgentIsAmongTheCommandsAlthoughTheLauncherRunsIt() {
        assertThat(prompt.run("--help")).isZero();
        assertThat(prompt.out()).contains("  agent     Run the agent on a database host; see docs/first-cluster.md.\n");
        prompt.clear();

        assertThat(prompt.run("help", "agent")).isZero();
        assertThat(prompt.out()).isEqualTo("""
                Usage: pgherder agent --config FILE [--check]
                Run the agent on a database host; see docs/first-cluster.md.

                "pgherder agent --help" tells more, where the agent is installed.
                """);
    }

    @Test
    void anUnknownWordOfTheDemoIsAnsweredWithTheOnesThatThereAre() {
        assertThat(prompt.run("demo", "bla")).isEqualTo(2);
        assertThat(prompt.run("demo", "dwon", "-v")).isEqualTo(2);

        assertThat(prompt.err()).isEqualTo("""
                Error: there is no command "demo bla"  [CLI-001]

                  there are down, status, up
                  Hint: "pgherder demo --help" shows what there is
                Error: there is no command "demo dwon"  [CLI-001]

                  there are down, status, up
                  Hint: did you mean "down"? "pgherder demo --help" shows what there is
                """);
    }

    @Test
    void theDemoTakesVerboseBeforeAndBehindItsWord() {
        for (String[] typed : new String[][] {{"demo", "-v", "down"}, {"demo", "down", "--verbose"}}) {
            Pgherder.parse(prompt.surroundings(), typed);
        }
    }

    @Test
    void ofAFleetThatIsStoppedEachClusterThatWasNotBegunIsNamedWithItsCommand() throws IOException {
        String parts = prompt.write(
                "parts.yaml",
                Prompt.ORDERS
                        .replace("cluster: orders", "cluster: parts")
                        .replace("/pg/{node}", "/parts/{node}")
                        .replace("port: 19", "port: 29"));
        prompt.pressCtrlCAtOnce();

        prompt.run("apply", topology, parts, "--yes");

        assertThat(prompt.err()).endsWith("""
                Error: stopped before parts was looked at  [CLI-008]

                  Hint: when it is time for it: pgherder apply %s

                Nothing has been changed.
                2 clusters: 1 failed, 1 refused.
                """.formatted(parts));
    }

    @Test
    void anInvalidTopologyEndsWithTwoAndNobodyIsContacted() {
        prompt.write("orders.yaml", Prompt.ORDERS.replace("primary: pg1", "primary: pg9"));

        for (String command : List.of("validate", "plan", "apply", "status")) {
            assertThat(prompt.run(command, topology)).as(command).isEqualTo(2);
        }
        assertThat(prompt.err()).contains("pg9", "orders.yaml:2:");
    }

    @Test
    void aMistypedCommandOrOptionIsASuggestion() {
        assertThat(prompt.run("pln", topology)).isEqualTo(2);
        assertThat(prompt.run("plan", topology, "--timout", "3s")).isEqualTo(2);
        assertThat(prompt.run("plan", topology, "--timeout", "3")).isEqualTo(2);

        assertThat(prompt.err()).isEqualTo("""
                Error: there is no command "pln"  [CLI-001]

                  there are agent, apply, demo, drift, help, import, plan, status, validate
                  Hint: did you mean "plan"? "pgherder --help" shows what there is
                Error: unknown option: '--timout'  [CLI-001]

                  Hint: did you mean "--timeout"? "pgherder plan --help" shows what there is
                Error: invalid value for option '--timeout': '3' is not a time; write it like 500ms, 5s or 2m  [CLI-001]

                  Hint: "pgherder plan --help" shows what there is
                """);
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertThat(prompt.run("--help")).isZero();
        String help = prompt.out();
        prompt.clear();

        assertThat(prompt.run()).isEqualTo(2);
        assertThat(prompt.err()).isEqualTo(help).contains("validate", "apply", "--version");
        assertThat(prompt.out()).isEmpty();
    }

    @Test
    void aDefectIsASentenceAndItsTraceComesWhenItIsAskedFor() {
        Runnable defect = () -> {
            throw new AssertionError("unknown action Ponder");
        };
        agents.atTheNextLooks(defect, defect);

        assertThat(prompt.run("plan", topology)).isEqualTo(1);
        assertThat(prompt.err()).isEqualTo("""
                Error: an unexpected error: a defect of pgherder  [CLI-007]

                  java.lang.AssertionError: unknown action Ponder
                  Hint: run the same command with -v for the trace
                """);
        prompt.clear();

        assertThat(prompt.run("plan", topology, "-v")).isEqualTo(1);
        assertThat(prompt.err())
                .startsWith("java.lang.AssertionError: unknown action Ponder\n\tat ")
                .endsWith("""
                Error: an unexpected error: a defect of pgherder  [CLI-007]

                  java.lang.AssertionError: unknown action Ponder
                  Hint: please report the trace above
                """);
    }
}
