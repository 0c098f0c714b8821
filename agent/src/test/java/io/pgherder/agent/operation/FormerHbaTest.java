package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept of pg_hba.conf while no server runs that could check a new one. */
class FormerHbaTest {
    private static final String BEFORE = "# a person's\nlocal all all peer\n";

    @TempDir
    private Path temp;

    private OperationFixture fixture;
    private InstancePlace place;

    @BeforeEach
    void makeInstance() throws IOException {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
        Files.createDirectories(place.dataDir());
        Files.writeString(place.dataDir().resolve("PG_VERSION"), "15\n");
        Files.writeString(place.dataDir().resolve("pg_hba.conf"), BEFORE);
    }

    @Test
    void ofSeveralThatNobodyHasCheckedTheOneBeforeThemAllIsKept() throws IOException {
        write("host all all all reject nonsense=1");
        assertThat(kept()).contains(BEFORE);
        write("host all all all reject nonsense=2");
        write("host all all all reject nonsense=2");

        assertThat(kept()).contains(BEFORE);
        assertThat(Files.readString(place.dataDir().resolve("pg_hba.conf")))
                .endsWith("host all all all reject nonsense=2\n");
    }

    @Test
    void whatIsWrittenAsItWasLeavesNothingToGoBackTo() {
        write("host all all all reject");
        new FormerHba(place, fixture.host).forget();

        write("host all all all reject");

        assertThat(kept()).isEmpty();
    }

    @Test
    void whoSomebodyHasStoppedIsNotStartedAgain() throws IOException {
        write("host all all all reject");
        String written = Files.readString(place.dataDir().resolve("pg_hba.conf"));
        FormerHba former = new FormerHba(place, fixture.host);
        EndedMeanwhile ended = ended();
        fixture.programs.commands.clear();

        assertThat(former.startAgain(
                                fixture.context(),
                                false,
                                ended.now(),
                                StartProblem.ENDED
                                        .summary("pg1922 does not run any more")
                                        .failure())
                        .state())
                .isEqualTo(FormerHba.State.NOT_ITS_RULES);

        assertThat(fixture.programs.commands).isEmpty();
        assertThat(place.dataDir().resolve("pg_hba.conf")).hasContent(written);
    }

    /** It gave up before it came to its rules. */
    @Test
    void whatHasNotReadThemIsNotStartedWithTheFormerOnes() throws IOException {
        write("host all all all reject");
        EndedMeanwhile ended = ended();
        fixture.programs.commands.clear();

        assertThat(new FormerHba(place, fixture.host)
                        .startAgain(fixture.context(), false, ended.now(), startFailed())
                        .state())
                .isEqualTo(FormerHba.State.NOT_ITS_RULES);

        assertThat(fixture.programs.commands).isEmpty();
    }

    @Test
    void whereItCannotBeToldWhatMadeItEndTheRulesStay() throws IOException {
        write("host all all all reject");
        String written = Files.readString(place.dataDir().resolve("pg_hba.conf"));
        EndedMeanwhile ended = ended();
        Files.delete(place.dataDir().resolve("global/pg_control"));

        FormerHba.Outcome outcome =
                new FormerHba(place, fixture.host).startAgain(fixture.context(), false, ended.now(), startFailed());

        assertThat(outcome.state()).isEqualTo(FormerHba.State.LEFT_AS_IT_IS);
        assertThat(outcome.told().problem())
                .isEqualTo(startFailed()
                        .problem()
                        .detail(
                                "its control file cannot be read: whether"
                                        + " its new pg_hba.conf made it end, or somebody, cannot be told. Nothing was taken back")
                        .hint(
                                "the last lines are the server's own. What ended it? Running the same command again starts"
                                        + " it as it is now configured"));
        assertThat(place.dataDir().resolve("pg_hba.conf")).hasContent(written);
        assertThat(kept()).contains(BEFORE);
    }

    private EndedMeanwhile ended() throws IOException {
        Files.createDirectories(place.dataDir().resolve("global"));
        Files.writeString(place.dataDir().resolve("global/pg_control"), "");
        fixture.programs.when("pg_controldata", command -> FakeCommandRunner.fails("there is none"));
        ServerLog log = Startup.serverLog(fixture.host, place);
        return new EndedMeanwhile(place, log, log.position(), ServerTraces.beforeLaunch(fixture.host, place));
    }

    private static OperationFailed startFailed() {
        return StartProblem.NO_INSTANCE
                .summary("could not start pg1922")
                .detail("the server ended again")
                .hint("the last lines are the server's own")
                .failure();
    }

    private void write(String rule) {
        new WriteHba(place, List.of(rule)).run(fixture.context());
    }

    private Optional<String> kept() {
        return fixture.host.files(place).formerHba().read();
    }
}
