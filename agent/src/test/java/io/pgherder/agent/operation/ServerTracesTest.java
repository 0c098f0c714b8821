package io.pgherder.agent.operation;

import io.pgherder.agent.operation.ServerTraces.Ending;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How a server has ended, whatever its log says. */
final class ServerTracesTest {
    private static final String ENDED_PID = "999999999\n/elsewhere\n";

    @TempDir
    Path temp;

    private OperationFixture fixture;
    private InstancePlace place;
    private Path data;
    private String state = "shut down";

    @BeforeEach
    void aServerThatWasShutDown() throws IOException {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
        data = place.dataDir();
        Files.createDirectories(data.resolve("global"));
        writeAt("global/pg_control", 10);
        writeAt("postmaster.opts", 10);
        Path program = Files.writeString(temp.resolve("bin/pg_controldata"), "");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        fixture.programs.when("pg_controldata", command -> FakeCommandRunner.succeeds(controlData()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a library that crashes                     | left | no      | shut down             | no      |          | KILLED_BEFORE_ITS_DATA
            killed at its start                        | left | no      | shut down             | written | starting | KILLED
            killed amid its recovery                   | left | written | in archive recovery   | written | starting | KILLED
            killed once it accepted connections        | left | written | in production         | written | ready    | KILLED
            killed amid its shutdown                   | left | written | shutting down         | written | stopping | KILLED
            a primary, told to shut down               | gone | written | shut down             | written | ready    | TOLD_TO
            a standby, told to shut down               | gone | written | shut down in recovery | written | ready    | TOLD_TO
            a standby, told to shut down amid its start| gone | written | shut down in recovery | written |          | TOLD_TO
            a primary, told to shut down amid its start| gone | written | shut down             | written | stopping | TOLD_TO
            a primary, told to end at once             | gone | no      | shut down             | written | stopping | TOLD_TO
            told to end at once amid its recovery      | gone | written | in archive recovery   | written | stopping | TOLD_TO
            a library that is not there                | gone | no      | shut down             | no      |          | GAVE_UP_BEFORE_ITS_RULES
            a library, after a crash                   | gone | no      | in production         | no      |          | GAVE_UP_BEFORE_ITS_RULES
            a library, a standby after a crash         | gone | no      | in archive recovery   | no      |          | GAVE_UP_BEFORE_ITS_RULES
            a bad line, before it touched the leftover | old  | no      | in production         | no      |          | GAVE_UP_BEFORE_ITS_RULES
            a bad rule                                 | gone | no      | shut down             | written |          | GAVE_UP_AT_ITS_RULES
            more slots than it may have                | gone | no      | shut down             | written | starting | GAVE_UP_AT_ITS_DATA
            less connections than it needs, or alike   | gone | written | in archive recovery   | written | starting | UNCLEAR
            amid crash recovery                        | gone | written | in crash recovery     | written | starting | UNCLEAR
            after crash recovery                       | gone | written | shut down             | written | starting | UNCLEAR
            immediate, once it accepted connections    | gone | written | in production         | written | ready    | UNCLEAR
            """)
    void whatItLeavesSays(
            String story,
            String pidFile,
            String control,
            String now,
            String options,
            @Nullable String seen,
            Ending ending)
            throws IOException {
        if (pidFile.equals("old")) {
            Files.writeString(data.resolve("postmaster.pid"), ENDED_PID);
        }
        ServerTraces traces = ServerTraces.beforeLaunch(fixture.host, place);
        state = now;
        if (pidFile.equals("left")) {
            Files.writeString(data.resolve("postmaster.pid"), ENDED_PID);
        }
        if (control.equals("written")) {
            writeAt("global/pg_control", 20);
        }
        if (options.equals("written")) {
            writeAt("postmaster.opts", 20);
        }
        traces.saw(server(""));
        if (seen != null) {
            traces.saw(server("starting"));
            traces.saw(server(seen));
        }

        assertThat(traces.ending()).as(story).isEqualTo(ending);
    }

    @Test
    void ofOneThatRanBeforeItIsNeverSaidThatItGaveUp() throws IOException {
        Files.writeString(data.resolve("postmaster.pid"), ENDED_PID);
        ServerTraces traces = ServerTraces.ofRunning(fixture.host, place);
        assertThat(traces.ending()).isEqualTo(Ending.KILLED);

        Files.delete(data.resolve("postmaster.pid"));
        assertThat(traces.ending()).isEqualTo(Ending.UNCLEAR);

        writeAt("global/pg_control", 20);
        assertThat(traces.ending()).isEqualTo(Ending.TOLD_TO);
    }

    @Test
    void aFirstStartHasNoOptionsFromBefore() throws IOException {
        Files.delete(data.resolve("postmaster.opts"));
        ServerTraces traces = ServerTraces.beforeLaunch(fixture.host, place);
        assertThat(traces.ending()).isEqualTo(Ending.GAVE_UP_BEFORE_ITS_RULES);

        writeAt("postmaster.opts", 20);
        assertThat(traces.ending()).isEqualTo(Ending.GAVE_UP_AT_ITS_RULES);
    }

    @Test
    void whatCannotBeReadSaysNothing() throws IOException {
        ServerTraces traces = ServerTraces.beforeLaunch(fixture.host, place);
        writeAt("global/pg_control", 20);
        fixture.programs.when("pg_controldata", command -> FakeCommandRunner.fails("permission denied"));
        assertThat(traces.ending()).isEqualTo(Ending.UNCLEAR);
        assertThat(traces.known()).isEqualTo("its control file cannot be read");

        Files.delete(data.resolve("global/pg_control"));
        assertThat(traces.ending()).isEqualTo(Ending.UNCLEAR);
    }

    @Test
    void oneThatIsStillOnItsWayHasNotGivenUp() throws IOException {
        ServerTraces traces = ServerTraces.beforeLaunch(fixture.host, place);
        Process launched = new ProcessBuilder("tail", "-f", "/dev/null", "--", data.toString()).start();
        try {
            assertThat(traces.ending()).isEqualTo(Ending.UNCLEAR);
        } finally {
            launched.destroyForcibly();
        }
    }

    @Test
    void oneThatLivesRunsOrIsAboutToEnd() throws IOException {
        ServerTraces traces = ServerTraces.ofRunning(fixture.host, place);
        Process server =
                new ProcessBuilder("sleep", "600").directory(data.toFile()).start();
        try {
            running(server, "ready");
            assertThat(traces.ending()).isEqualTo(Ending.RUNS);

            running(server, "stopping");
            assertThat(traces.ending()).isEqualTo(Ending.TOLD_TO);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void wordsOfTheLogAreAddedToWhatIsKnown() throws IOException {
        ServerLog log = new ServerLog(temp.resolve("startup.log"), temp.resolve("log"), temp.resolve("pg_hba.conf"));
        ServerTraces traces = ServerTraces.beforeLaunch(fixture.host, place);
        traces.saw(server("ready"));
        EndedMeanwhile ended = new EndedMeanwhile(place, log, log.position(), traces);
        OperationFailed why =
                StartProblem.NOT_STREAMING.summary("pg1922 does not stream").failure();
        writeAt("global/pg_control", 20);
        assertThat(ended.ifSomebodyStoppedIt(why).problem().details()).containsExactly("it was told to shut down");

        Files.writeString(log.startupLog(), "10:00 LOG:  received fast shutdown request\n");
        assertThat(ended.ifSomebodyStoppedIt(why).problem().details())
                .containsExactly("it was told to shut down", "its log says: received fast shutdown request");

        Files.writeString(data.resolve("postmaster.pid"), ENDED_PID);
        assertThat(ended.ifSomebodyStoppedIt(why).problem())
                .isEqualTo(StartProblem.ENDED
                        .summary("pg1922 does not run any more")
                        .detail("it was killed, or crashed: it has left its postmaster.pid")
                        .hint("did the kernel kill it for want of memory? Running the same command again starts it"));
    }

    /** A log that speaks of a request to end, as one of another server in the same directory may, decides nothing. */
    @Test
    void theWordsAloneDecideNothing() throws IOException {
        ServerLog log = new ServerLog(temp.resolve("startup.log"), temp.resolve("log"), temp.resolve("pg_hba.conf"));
        EndedMeanwhile ended =
                new EndedMeanwhile(place, log, log.position(), ServerTraces.beforeLaunch(fixture.host, place));
        OperationFailed why = StartProblem.NOT_STREAMING.summary("no library").failure();
        Files.writeString(log.startupLog(), "10:00 LOG:  received fast shutdown request\n");

        assertThat(ended.ifSomebodyStoppedIt(why)).isSameAs(why);
        assertThat(ended.now().hasGivenUp()).isTrue();
    }

    private void running(Process server, String status) throws IOException {
        Files.writeString(
                data.resolve("postmaster.pid"),
                String.join("\n", List.of("" + server.pid(), "" + data, "0", "1922", "/tmp", "", "", status)));
    }

    private PostmasterPid server(String status) {
        return new PostmasterPid(1, data, 1922, Optional.empty(), status);
    }

    private void writeAt(String file, int second) throws IOException {
        Path path = Files.writeString(data.resolve(file), "written at " + second);
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(second)));
    }

    private String controlData() {
        return """
                Catalog version number:               202209061
                Database system identifier:           7421903344718816021
                Database cluster state:               %s
                Latest checkpoint location:           0/3000060
                Latest checkpoint's REDO location:    0/3000028
                Latest checkpoint's TimeLineID:       1
                Minimum recovery ending location:     0/0
                Min recovery ending loc's timeline:   0
                wal_log_hints setting:                off
                max_connections setting:              60
                max_worker_processes setting:         8
                max_wal_senders setting:              10
                max_prepared_xacts setting:           0
                max_locks_per_xact setting:           64
                Data page checksum version:           0
                """.formatted(state);
    }
}
