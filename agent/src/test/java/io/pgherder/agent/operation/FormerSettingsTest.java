package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept of a restart that an agent which was killed has not brought to its end. */
final class FormerSettingsTest {
    @TempDir
    Path temp;

    private OperationFixture fixture;
    private InstancePlace place;
    private AtomicFile kept;

    @BeforeEach
    void aRestartThatWasBegun() throws IOException {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
        Files.createDirectories(place.dataDir());
        kept = fixture.host.files(place).formerSettings();
        kept.write("name_1=shared_buffers\nvalue_1=16MB\nis_default_1=false\n");
    }

    @Test
    void itIsKeptAsLongAsNoServerHasStartedSince() throws IOException {
        FormerSettings.kept(place, fixture.host);
        assertThat(kept.path()).exists();

        writtenAt("postmaster.opts", Instant.now().minusSeconds(60));
        writtenAt("global/pg_control", Instant.now().minusSeconds(30));
        FormerSettings.kept(place, fixture.host);
        assertThat(kept.path()).exists();
    }

    @Test
    void oneThatGaveUpBeforeItTookUpItsDataHasNotStarted() throws IOException {
        writtenAt("global/pg_control", Instant.now().minusSeconds(30));
        writtenAt("postmaster.opts", Instant.now().plusSeconds(60));

        FormerSettings.kept(place, fixture.host);

        assertThat(kept.path()).exists();
    }

    @Test
    void onceOneHasItIsNobodys() throws IOException {
        writtenAt("postmaster.opts", Instant.now().plusSeconds(60));
        writtenAt("global/pg_control", Instant.now().plusSeconds(61));

        FormerSettings.kept(place, fixture.host).keep(fixture.host);

        assertThat(kept.path()).doesNotExist();
    }

    @Test
    void whereItCannotBeToldWhatMadeTheServerEndTheyAreNotUsed() throws IOException {
        Files.createDirectories(place.dataDir().resolve("global"));
        Path control = Files.writeString(place.dataDir().resolve("global/pg_control"), "");
        ServerLog log = Startup.serverLog(fixture.host, place);
        EndedMeanwhile ended =
                new EndedMeanwhile(place, log, log.position(), ServerTraces.beforeLaunch(fixture.host, place));
        Files.delete(control);
        fixture.programs.when("pg_controldata", command -> FakeCommandRunner.fails("there is none"));
        OperationFailed why = StartProblem.NO_INSTANCE
                .summary("could not start pg1922")
                .hint("the last lines are the server's own")
                .failure();

        OperationFailed told = new StartAsBefore(FormerSettings.kept(place, fixture.host), false)
                .run(fixture.context(), ended.now(), why);

        assertThat(told.problem())
                .isEqualTo(why.problem()
                        .detail("its control file cannot be read: whether"
                                + " its new settings made it end, or somebody, cannot be told. Nothing was taken back")
                        .hint(
                                "the last lines are the server's own. What ended it? Running the same command again starts"
                                        + " it as it is now configured"));
        assertThat(fixture.programs.commands).extracting(Command::program).doesNotContain("pg_ctl");
        assertThat(kept.path()).exists();
    }

    private void writtenAt(String file, Instant time) throws IOException {
        Path path = place.dataDir().resolve(file);
        Files.createDirectories(path.getParent());
        Files.setLastModifiedTime(Files.writeString(path, ""), FileTime.from(time));
    }
}
