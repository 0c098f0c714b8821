package io.pgherder.agent.operation;

import io.pgherder.agent.operation.OperationEvent.State;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.HostBoot;
import io.pgherder.agent.system.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an earlier agent left is settled, apart from what else is to be done. */
final class LeftoversTest extends RunningOperations {
    @Test
    void whatAnEarlierAgentLeftIsEndedCleanedAndKnownAsInterrupted() throws IOException {
        DataDirectory directory = fixture.host.directory(place);
        directory.stage("CloneStandby");
        Files.writeString(directory.staging().resolve("PG_VERSION"), "15\n");
        Process orphan = new ProcessBuilder("sleep", "600").start();
        OperationJournal earlier = new OperationJournal(fixture.state, CLOCK);
        Held operation = new Held(place);
        earlier.begin("op-1", operation, CLOCK.instant());
        earlier.child(
                "op-1",
                operation,
                CLOCK.instant(),
                ProcessIdentity.of(orphan.pid()).orElseThrow());

        try (OperationRunner runner = runner()) {
            List<OperationEvent> events = listen(runner, "op-1", operation);

            assertThat(end(events).state()).isEqualTo(State.INTERRUPTED);
            assertThat(end(events).problem().orElseThrow().summary())
                    .isEqualTo("cloning pg1922 was interrupted: its agent ended");
            awaitSettled();
            assertThat(orphan.isAlive()).isFalse();
            assertThat(directory.staging()).doesNotExist();
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void whatACrashOfTheHostHasLeftWithoutItsEntryIsSettledToo() throws IOException {
        InstancePlace apart = fixture.place("pg1923", 1923);
        DataDirectory directory = fixture.host.directory(apart);
        directory.stage("CloneStandby");
        Files.writeString(directory.staging().resolve("PG_VERSION"), "15\n");
        AtomicFile mark = fixture.host.files(apart).mark();
        mark.write(mark.read().orElseThrow().replace("phase=staging", "phase=installing"));
        Files.createSymbolicLink(
                directory.staging().resolve("pg_wal"), apart.walDir().orElseThrow());
        Files.move(directory.walStaging().orElseThrow(), apart.walDir().orElseThrow());

        try (OperationRunner runner = runner()) {
            end(listen(runner, "op-1", new StopForTest(apart)));
        }

        assertThat(fixture.host.directory(apart).wasInstalledBy("CloneStandby")).isTrue();
        assertThat(directory.staging()).doesNotExist();
    }

    @Test
    void afterANewStartOfTheHostAnOperationMayHaveEndedBefore() throws IOException {
        new OperationJournal(fixture.state, CLOCK).begin("op-1", new Held(place), CLOCK.instant());
        Path note = fixture.state.operations().resolve("op-1.properties");
        String boot = HostBoot.id().orElseThrow();
        Files.writeString(note, Files.readString(note).replace(boot, "0f5f1e0e-5f0a-4b0c-9d3e-000000000000"));

        try (OperationRunner runner = runner()) {
            AgentProblem problem =
                    end(listen(runner, "op-1", new Held(place))).problem().orElseThrow();

            assertThat(problem.summary()).isEqualTo("cloning pg1922 may have been interrupted: its agent ended");
            assertThat(problem.details())
                    .containsExactly(
                            "it began at " + CLOCK.instant(),
                            "after a crash of its host the note of an operation that had ended can come back");
            awaitSettled();
        }
    }

    @Test
    void processThatOnlyHasThePidOfALostOneIsLeftAlone() throws IOException {
        Process other = new ProcessBuilder("sleep", "600").start();
        OperationJournal earlier = new OperationJournal(fixture.state, CLOCK);
        earlier.begin("op-1", new Held(place), CLOCK.instant());
        earlier.child("op-1", new Held(place), CLOCK.instant(), new ProcessIdentity(other.pid(), 1));

        try (OperationRunner runner = runner()) {
            assertThat(runner.cancel("op-1")).isFalse();
            awaitSettled();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whoNeedsThePlaceWaitsUntilItIsSettledAndNobodyElseDoes() throws IOException {
        DataDirectory directory = fixture.host.directory(place);
        directory.stage("CloneStandby");
        List<Runnable> settling = new CopyOnWriteArrayList<>();
        Executor threads = work -> {
            if (settling.isEmpty()) {
                settling.add(work);
            } else {
                new Thread(work, "operation").start();
            }
        };
        try (OperationRunner runner =
                new OperationRunner(fixture.host, new OperationJournal(fixture.state, CLOCK), CLOCK, threads)) {
            List<OperationEvent> waiting = listen(runner, "op-1", new StopForTest(place));
            await(() -> waiting.stream().anyMatch(event -> event.progress().isPresent()));

            assertThat(waiting.get(waiting.size() - 1).progress())
                    .contains(new Progress("waiting until what was left half made is removed", 0, 0));
            assertThat(end(listen(runner, "op-2", new StopForTest(fixture.place("pg1923", 1923))))
                            .state())
                    .isEqualTo(State.DONE);
            assertThat(directory.staging()).exists();
            settling.get(0).run();

            assertThat(end(waiting).state()).isEqualTo(State.DONE);
            assertThat(directory.staging()).doesNotExist();
        }
    }

    private void awaitSettled() {
        await(() -> Objects.requireNonNull(fixture.state.operations().toFile().list()).length == 0);
    }
}
