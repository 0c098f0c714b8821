package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ProcessCommandRunnerTest {
    private static final Path SHELL = Path.of("/bin/sh");

    private final CommandRunner runner = new ProcessCommandRunner();

    @Test
    void outputExitCodeAndLastErrorLinesAreKept() {
        CommandResult result = runner.run(Command.of(
                SHELL, "-c", "echo out; i=0; while [ $i -lt 30 ]; do echo err $i >&2; i=$((i+1)); done; exit 3"));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.lastErrorLines()).hasSize(20).startsWith("err 10").endsWith("err 29");
    }

    @Test
    void programGetsTheCLocaleAndNothingOfTheAgentsEnvironment() {
        CommandResult result =
                runner.run(Command.of(Path.of("/usr/bin/env")).withEnvironment("PGPASSFILE", "/state/passfile"));

        assertThat(result.stdout().lines().map(line -> line.substring(0, line.indexOf('='))))
                .contains("LC_ALL", "PGPASSFILE")
                .isSubsetOf("LC_ALL", "PGPASSFILE", "PATH", "HOME", "USER", "LOGNAME", "TZ", "LD_LIBRARY_PATH");
    }

    @Test
    void secretIsMaskedInTheCommandAndInItsErrorOutput() {
        Command command =
                Command.of(SHELL, "-c", "echo pass=hunter2 >&2; exit 1").masking(Set.of("hunter2"));

        assertThat(runner.run(command).lastErrorLines()).containsExactly("pass=****");
        assertThat(command.toString()).doesNotContain("hunter2");
    }

    @Test
    void programThatTakesTooLongIsEndedWithItsChildren() {
        List<ProcessIdentity> started = new CopyOnWriteArrayList<>();
        Command command = Command.of(SHELL, "-c", "sleep 600 & echo $!; wait").within(Duration.ofMillis(300));

        CommandResult result = runner.run(command, listener(started), Cancellation.never());

        assertThat(result.timedOut()).isTrue();
        assertThat(result.words(command)).isEqualTo("sh was ended after 0 s");
        assertThat(started.get(0).isAlive()).isFalse();
        assertThat(ProcessIdentity.of(Long.parseLong(result.stdout().strip()))).isEmpty();
    }

    @Test
    void cancelledProgramIsEndedAlsoIfItIgnoresTheFirstSignal() throws Exception {
        List<ProcessIdentity> started = new CopyOnWriteArrayList<>();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<CommandResult> running = CompletableFuture.supplyAsync(() -> runner.run(
                Command.of(SHELL, "-c", "trap '' TERM; while true; do sleep 0.1; done"),
                listener(started),
                cancellation));
        Wait.untilOrFail("it runs", Duration.ofSeconds(10), Cancellation.never(), () -> !started.isEmpty());

        cancellation.request();

        assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Cancellation.Cancelled.class);
        assertThat(started.get(0).isAlive()).isFalse();
    }

    @Test
    void programThatNobodyCouldTakeNoteOfIsEnded() {
        List<ProcessIdentity> started = new CopyOnWriteArrayList<>();
        CommandListener full = new CommandListener() {
            @Override
            public void started(ProcessIdentity process) {
                started.add(process);
                throw new IllegalStateException("the disk is full");
            }
        };

        assertThatThrownBy(() -> runner.run(Command.of(SHELL, "-c", "sleep 600"), full, Cancellation.never()))
                .hasMessage("the disk is full");
        assertThat(started.get(0).isAlive()).isFalse();
    }

    @Test
    void programThatIsNotThereIsAProblemWithItsPath() {
        assertThatThrownBy(() -> runner.run(Command.of(Path.of("/nowhere/initdb"))))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().summary()).isEqualTo("could not start initdb"));
    }

    @Test
    void anotherProcessWithTheSamePidIsNotTheSameProcess() {
        ProcessIdentity own = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(own.isAlive()).isTrue();
        assertThat(new ProcessIdentity(own.pid(), own.startTicks() - 1).isAlive())
                .isFalse();
    }

    private static CommandListener listener(List<ProcessIdentity> started) {
        return new CommandListener() {
            @Override
            public void started(ProcessIdentity process) {
                started.add(process);
            }
        };
    }
}
