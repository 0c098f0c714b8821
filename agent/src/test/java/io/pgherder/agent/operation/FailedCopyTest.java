package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.CommandResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A copy that its source, or the disk, does not let happen: each time the cause by its name, and nothing left. */
final class FailedCopyTest {
    @TempDir
    Path temp;

    private OperationFixture fixture;
    private InstancePlace place;

    @BeforeEach
    void makeHost() {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
    }

    @Test
    void fullDiskLeavesNothingAndSaysSo() {
        fixture.programs.when("pg_basebackup", command -> {
            FakeCommandRunner.fillsDirectories(command);
            return FakeCommandRunner.fails(
                    "pg_basebackup: error: could not write to file \"base/1/2619\": No space left on device");
        });

        assertThatThrownBy(() -> copy().run(fixture.context()))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().code()).isEqualTo("CLONE-003");
                    assertThat(failed.problem().summary())
                            .isEqualTo("could not clone pg1922 from pg1921: no space left");
                    assertThat(failed.problem().details())
                            .containsExactly("pg_basebackup exited with 1", "nothing stands in " + place.dataDir());
                    assertThat(failed.problem().toolOutput()).hasSize(1);
                });
        assertThat(place.dataDir()).doesNotExist();
        fixture.assertNothingIsStaged();
    }

    @Test
    void wrongPasswordIsNamed() {
        failToCopy("FATAL:  password authentication failed for user \"rep\"");

        assertThatThrownBy(() -> copy().run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage(
                        "CLONE-004 could not clone pg1922: pg1921 at 10.0.1.11:1921 refuses the password of \"rep\"");
    }

    @Test
    void sourceWhosePgHbaConfHasNoLineIsNamed() {
        failToCopy("FATAL:  no pg_hba.conf entry for replication connection from host \"10.0.1.12\", user \"rep\"");

        assertThatThrownBy(() -> copy().run(fixture.context()))
                .hasMessage(
                        "CLONE-004 could not clone pg1922: pg_hba.conf of pg1921 does not let \"rep\" replicate from here");
        fixture.assertNothingIsStaged();
    }

    @Test
    void sourceThatCannotBeReachedIsNamed() {
        failToCopy("Connection refused");

        assertThatThrownBy(() -> copy().run(fixture.context()))
                .hasMessage("CLONE-004 could not clone pg1922: cannot connect to pg1921 at 10.0.1.11:1921");
        fixture.assertNothingIsStaged();
    }

    private void failToCopy(String reason) {
        fixture.programs.when(
                "pg_basebackup",
                command ->
                        FakeCommandRunner.fails("pg_basebackup: error: connection to server at \"10.0.1.11\", port 1921"
                                + " failed: " + reason));
    }

    /** A source that is a standby itself learns of a role and its password by replication. */
    @Test
    void sourceThatDoesNotKnowTheLoginYetIsAskedAgain() {
        List<CommandResult> answers = new ArrayList<>(List.of(
                FakeCommandRunner.fails("FATAL:  role \"rep\" does not exist"),
                FakeCommandRunner.fails("FATAL:  password authentication failed for user \"rep\"")));
        fixture.programs.when(
                "pg_basebackup",
                command -> answers.isEmpty() ? FakeCommandRunner.fillsDirectories(command) : answers.remove(0));

        assertThat(copy().run(fixture.context())).startsWith("cloned from pg1921");
        assertThat(fixture.progress).extracting(Progress::phase).contains("waiting until pg1921 lets it in");
    }

    @Test
    void waitingForTheSourceToKnowTheLoginEndsWhenItIsCancelled() {
        Cancellation cancellation = new Cancellation();
        fixture.programs.when(
                "pg_basebackup",
                command -> FakeCommandRunner.fails("FATAL:  password authentication failed for user \"rep\""));
        OperationContext context = new OperationContext(
                fixture.host,
                cancellation,
                progress -> {
                    if (progress.phase().startsWith("waiting until")) {
                        cancellation.request();
                    }
                },
                child -> {});

        assertThatThrownBy(() -> copy().run(context)).isInstanceOf(Cancellation.Cancelled.class);
        assertThat(fixture.programs.commands)
                .filteredOn(command -> command.program().equals("pg_basebackup"))
                .hasSize(1);
        fixture.assertNothingIsStaged();
    }

    @Test
    void sourceWithTablespacesIsRefusedBeforeMuchIsCopied() {
        fixture.programs.when("pg_basebackup", (command, listener) -> {
            listener.stderr("  100/22949 kB (0%), 0/2 tablespaces");
            return FakeCommandRunner.succeeds("");
        });

        assertThatThrownBy(() -> copy().run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("CLONE-002 cannot clone pg1922 from pg1921: it has tablespaces");
        fixture.assertNothingIsStaged();
    }

    private CloneStandby copy() {
        Upstream upstream = OperationFixture.upstream("pg1922");
        return new CloneStandby(
                place, upstream, OperationFixture.configuration(Optional.of(upstream)), Optional.empty(), true);
    }
}
