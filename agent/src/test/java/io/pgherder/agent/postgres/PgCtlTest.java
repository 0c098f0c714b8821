package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PgCtlTest {
    private static final Installation PG15 = new Installation(15, "15.18", Path.of("/pg/bin"));

    @TempDir
    Path temp;

    private final List<String> commands = new ArrayList<>();
    private final List<String> phases = new ArrayList<>();
    private final List<PostmasterPid> seen = new ArrayList<>();
    private ServerLog log;

    @BeforeEach
    void makeLog() {
        log = new ServerLog(temp.resolve("startup.log"), temp.resolve("log"), temp.resolve("pg_hba.conf"));
    }

    @Test
    void serverThatGivesUpIsReportedAtOnceWithItsOwnWords() {
        CommandRunner runner = runner(() -> Files.writeString(
                log.startupLog(), "10:00 LOG:  bad line 7\n10:00 FATAL:  configuration file contains errors\n"));

        assertThatThrownBy(() -> new PgCtl(runner).launch(PG15, place(Optional.empty()), log, Cancellation.never()))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().summary()).isEqualTo("could not start pg1921");
                    assertThat(failed.problem().details()).containsExactly("the server gave up");
                    assertThat(failed.problem().hint())
                            .isEqualTo("the last lines are the server's own; its log goes on in " + log.startupLog());
                    assertThat(failed.problem().toolOutput())
                            .containsExactly(
                                    "10:00 LOG:  bad line 7", "10:00 FATAL:  configuration file contains errors");
                });
        assertThat(commands)
                .containsExactly(
                        "/pg/bin/pg_ctl start --no-wait --silent --pgdata=" + temp + " --log=" + temp + "/startup.log");
    }

    /** Whatever language it speaks, and where: its process is gone. */
    @Test
    @Timeout(8)
    void serverThatGivesUpWithoutAWordThatIsKnownIsReportedAtOnceToo() {
        CommandRunner runner =
                runner(() -> Files.writeString(log.startupLog(), "10:00 СБОЙ:  нет доступа к файлу \"nope\"\n"));

        assertThatThrownBy(() -> new PgCtl(runner).launch(PG15, place(Optional.empty()), log, Cancellation.never()))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().details()).containsExactly("the server gave up");
                    assertThat(failed.problem().toolOutput())
                            .containsExactly("10:00 СБОЙ:  нет доступа к файлу \"nope\"");
                });
    }

    /** The words may be another server's, which writes to the same log directory. */
    @Test
    @Timeout(20)
    void oneWhoseProcessIsOnItsWayIsWaitedForWhateverTheLogSays() throws IOException {
        List<Process> launched = new ArrayList<>();
        CommandRunner runner = runner(() -> {
            Files.writeString(log.startupLog(), "10:00 FATAL:  of another\n");
            launched.add(new ProcessBuilder(
                            "bash",
                            "-c",
                            "sleep 2; echo $$ > postmaster.pid; sleep 60",
                            "postgres",
                            "-D",
                            temp.toString())
                    .directory(temp.toFile())
                    .start());
        });
        try {
            PostmasterPid first = new PgCtl(runner).launch(PG15, place(Optional.empty()), log, Cancellation.never());

            assertThat(first.pid()).isEqualTo(launched.get(0).pid());
        } finally {
            launched.forEach(server -> {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                server.destroyForcibly();
            });
        }
    }

    @Test
    void configurationElsewhereIsNamedSoThatTheShellOfPgCtlLeavesItWhole() {
        Path elsewhere = temp.resolve("etc/my cluster");

        assertThatThrownBy(() -> new PgCtl(runner(() -> Files.writeString(log.startupLog(), "FATAL:  no\n")))
                        .launch(PG15, place(Optional.of(elsewhere)), log, Cancellation.never()))
                .isInstanceOf(OperationFailed.class);
        assertThat(commands)
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith("--options=\"-c\" \"config_file=" + elsewhere + "/postgresql.conf\"");
    }

    private InstancePlace place(Optional<Path> configDir) {
        return new InstancePlace(
                "t5", "pg1921", 15, Optional.empty(), temp, Optional.empty(), configDir, 1921, "postgres");
    }

    @Test
    void logThatTheServerNeverBeganIsNotNamed() {
        assertThatThrownBy(() -> endedAgain()).isInstanceOfSatisfying(OperationFailed.class, failed -> {
            assertThat(failed.problem().hint()).isEqualTo("no log of the server was found that would tell why");
            assertThat(failed.problem().toolOutput()).isEmpty();
        });
    }

    @Test
    void logThatIsEmptyIsNamedAsSuch() throws IOException {
        Files.createFile(log.startupLog());

        assertThatThrownBy(() -> endedAgain())
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().hint())
                                .isEqualTo("the server has said nothing in its log " + log.startupLog()));
    }

    /** There is no postmaster.pid. */
    private void endedAgain() {
        new PgCtl(runner(() -> {}))
                .awaitAccepting(
                        "pg1921",
                        temp,
                        log,
                        log.position(),
                        Duration.ofSeconds(1),
                        phases::add,
                        seen::add,
                        Cancellation.never());
    }

    @Test
    @Timeout(20)
    void standbyThatTakesNoConnectionsIsNotWaitedFor() throws IOException {
        Process server =
                new ProcessBuilder("sleep", "60").directory(temp.toFile()).start();
        try {
            Files.writeString(
                    temp.resolve("postmaster.pid"),
                    server.pid() + "\n" + temp + "\n1764000000\n1921\n/tmp\n*\n  1  2\nstandby \n");

            assertThatThrownBy(() -> new PgCtl(runner(() -> {}))
                            .awaitAccepting(
                                    "pg1922",
                                    temp,
                                    log,
                                    log.position(),
                                    Duration.ofHours(1),
                                    phases::add,
                                    seen::add,
                                    Cancellation.never()))
                    .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                        assertThat(failed.problem().summary()).isEqualTo("pg1922 runs, and takes no connections");
                        assertThat(failed.problem().details())
                                .containsExactly("it is a standby, and was started with hot_standby = off");
                        assertThat(failed.problem().hint())
                                .isEqualTo(
                                        "its files say so still: which of them, postgresql.auto.conf? Take that away, and"
                                                + " run the same command again");
                    });
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void standbyIsWaitedForAsLongAsItsReplayGoesOn() throws IOException {
        Process server = serverThat("""
                for file in 3 4 5; do (exec -a "postgres: pg1922 startup recovering 00000001000000000000000$file" sleep 2); done
                sed -i 's/starting/ready/' postmaster.pid
                sleep 60""");
        try {
            PostmasterPid accepting = awaitAccepting(Duration.ofSeconds(4));

            assertThat(accepting.isAccepting()).isTrue();
            assertThat(seen.stream().map(PostmasterPid::status).distinct()).containsExactly("starting", "ready");
            assertThat(phases.stream().distinct())
                    .containsExactly(
                            "replaying WAL file 000000010000000000000003",
                            "replaying WAL file 000000010000000000000004",
                            "replaying WAL file 000000010000000000000005");
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void serverThatRecoversIsWaitedForAlsoWhereItNamesNoWalFile() throws IOException {
        Process server = serverThat("""
                (exec -a "postgres: pg1922: startup" bash -c 'while (( SECONDS < 6 )); do :; done' startup)
                sed -i 's/starting/ready/' postmaster.pid
                sleep 60""");
        try {
            assertThat(awaitAccepting(Duration.ofSeconds(3)).isAccepting()).isTrue();
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    @Test
    void serverThatNamesNoWalFileAndDoesNothingIsGivenUp() throws IOException {
        Process server = serverThat("""
                (exec -a "postgres: pg1922: startup" sleep 60); :""");
        try {
            assertThatThrownBy(() -> awaitAccepting(Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            failed -> assertThat(failed.problem().details()).containsExactly("waited 2 s"));
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    @Test
    void standbyWhoseReplayStandsStillIsGivenUp() throws IOException {
        Process server = serverThat("""
                (exec -a "postgres: pg1922 startup waiting for 000000010000000000000003" sleep 60); :""");
        try {
            assertThatThrownBy(() -> awaitAccepting(Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                        assertThat(failed.problem().summary())
                                .isEqualTo("pg1922 runs, and does not accept connections yet");
                        assertThat(failed.problem().details())
                                .containsExactly("waited 2 s, all the time at WAL file 000000010000000000000003");
                    });
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    private Process serverThat(String script) throws IOException {
        Process server = new ProcessBuilder("bash", "-c", script)
                .directory(temp.toFile())
                .start();
        Files.writeString(
                temp.resolve("postmaster.pid"),
                server.pid() + "\n" + temp + "\n1764000000\n1921\n/tmp\n*\n  1  2\nstarting\n");
        return server;
    }

    private PostmasterPid awaitAccepting(Duration within) {
        return new PgCtl(runner(() -> {}))
                .awaitAccepting(
                        "pg1922", temp, log, log.position(), within, phases::add, seen::add, Cancellation.never());
    }

    @Test
    void stoppingWhatDoesNotRunDoesNothing() throws IOException {
        Files.writeString(temp.resolve("postmaster.pid"), "999999999\n" + temp + "\n");
        CommandRunner runner = runner(() -> {});

        assertThat(new PgCtl(runner)
                        .stop(PG15, "pg1921", temp, PgCtl.StopMode.FAST, Duration.ofSeconds(1), Cancellation.never()))
                .isFalse();
        assertThat(commands).isEmpty();
    }

    @Test
    void versionsAreAskedOnceAndAMissingOneIsNamedWithThoseThatAreThere() throws IOException {
        Path postgres = Files.createFile(temp.resolve("postgres"));
        assertThat(postgres.toFile().setExecutable(true)).isTrue();
        CommandRunner runner = (command, listener, cancellation) -> {
            if (command.arguments().get(0).equals(postgres.toString())) {
                commands.add(command.toString());
            }
            return new CommandResult(0, false, "postgres (PostgreSQL) 99.3 (Debian 99.3-1)\n", List.of());
        };
        PgInstallations installations = new PgInstallations(runner, List.of(temp));

        assertThat(installations.find(99, Optional.of(temp))).isEqualTo(new Installation(99, "99.3", temp));
        assertThat(installations.all()).contains(new Installation(99, "99.3", temp));
        assertThat(commands).containsExactly(postgres + " --version");
        assertThatThrownBy(() -> installations.find(98, Optional.of(temp)))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().summary()).isEqualTo("PostgreSQL 98 is not installed on this host");
                    assertThat(failed.problem().details())
                            .contains("looked in " + temp + " only, as postgres.bin_dir says");
                });
    }

    private interface Effect {
        void happen() throws IOException;
    }

    private CommandRunner runner(Effect effect) {
        return (command, listener, cancellation) -> {
            commands.add(command.toString());
            try {
                effect.happen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new CommandResult(0, false, "", List.of());
        };
    }
}
