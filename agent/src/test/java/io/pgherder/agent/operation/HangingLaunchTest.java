package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Which server is ended, and which never is. */
final class HangingLaunchTest {
    @TempDir
    Path temp;

    private final List<Process> started = new ArrayList<>();
    private OperationFixture fixture;
    private InstancePlace place;
    private ServerLog log;
    private HangingLaunch hanging;

    @BeforeEach
    void makeInstance() throws IOException {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
        Files.createDirectories(place.dataDir());
        Files.createDirectories(fixture.host.files(place).directory());
        log = Startup.serverLog(fixture.host, place);
        hanging = new HangingLaunch(place, log);
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void oneThatAnAgentHasLaunchedIsEnded() throws Exception {
        Process server = server(log.startupLog(), "");

        OperationFailed told = hanging.end().orElseThrow();

        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told.problem().toString())
                .contains("START-016", "pg1922 hangs before it begins to start")
                .contains("it was ended, pid " + server.pid() + ": it had not come to its data");
    }

    @Test
    void oneThatSomebodyElseHasStartedIsNot() throws Exception {
        Process server = server(temp.resolve("by-hand.log"), "");

        assertThat(hanging.end()).isEmpty();
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void oneThatHasItsMemoryIsNot() throws Exception {
        Process server = server(log.startupLog(), "");
        Path options = Files.writeString(place.dataDir().resolve("postmaster.opts"), "");
        Files.setLastModifiedTime(options, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(isLoadedAtOnce()).isFalse();

        Files.setLastModifiedTime(options, FileTime.from(Instant.now().plusSeconds(1)));

        assertThat(isLoadedAtOnce()).isTrue();
        assertThat(hanging.end()).isEmpty();
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void oneThatHasSaidWhereItIsIsNot() throws Exception {
        Process server = server(log.startupLog(), "5432\n/tmp\n*\n\nstarting\n");

        assertThat(hanging.end()).isEmpty();
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void oneThatHasEndedHangsNoMore() {
        assertThat(hanging.isLoaded(server -> {}, Cancellation.never())).isTrue();
        assertThat(hanging.end()).isEmpty();
    }

    private boolean isLoadedAtOnce() {
        return PostmasterPid.live(place.dataDir()).orElseThrow().isLoaded();
    }

    /** A process that works in the data directory, and a postmaster.pid that names it. */
    private Process server(Path stderr, String more) throws IOException {
        Process server = new ProcessBuilder("sleep", "60")
                .directory(place.dataDir().toFile())
                .redirectError(new File(stderr.toString()))
                .start();
        started.add(server);
        Files.writeString(
                place.dataDir().resolve("postmaster.pid"), server.pid() + "\n" + place.dataDir() + "\n1\n" + more);
        return server;
    }
}
