package io.pgherder.agent.inspect;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Other instances may run on the host that the tests run on: looked at are those below the test's own directory. */
class LocalInstancesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InTime inTime = new InTime(threads);
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path temp;

    private Path home;
    private Path allowed;
    private StateDirectory state;

    @BeforeEach
    void makeHost() throws IOException {
        home = temp.toRealPath();
        allowed = Files.createDirectory(home.resolve("data01"));
        state = new StateDirectory(home.resolve("state"));
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
        threads.shutdownNow();
    }

    @Test
    void aPostmasterIsToldWithTheClusterThatItsSettingsWereWrittenFor() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        Files.writeString(data.resolve("pgherder.conf"), """
                # managed by pgherder for cluster orders; edits here are overwritten
                cluster_name = 'pg1'
                port = '1921'
                """);
        long pid = postmaster(data, 1921);
        program(data);

        assertThat(look())
                .containsExactly(new LocalInstance(
                        data, 1921, pid, 15, "orders", "pg1", false, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void ofAnInstanceThatPgherderDidNotMakeItsPlaceIsTold() throws IOException {
        Path data = dataDirectory(allowed.resolve("main"));
        long pid = postmaster(data, 5432);

        assertThat(look())
                .containsExactly(new LocalInstance(
                        data, 5432, pid, 15, "", "", false, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void settingsOfBeforeSayWhichNodeButNotOfWhichCluster() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        Files.writeString(
                data.resolve("pgherder.conf"),
                "# managed by pgherder; edits here are overwritten\ncluster_name = 'pg1'\n");
        long pid = postmaster(data, 1921);

        assertThat(look())
                .containsExactly(new LocalInstance(
                        data, 1921, pid, 15, "", "pg1", false, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void outsideTheAllowedRootsNothingIsReadButWhereItRuns() throws IOException {
        Path data = dataDirectory(home.resolve("elsewhere"));
        Files.writeString(
                data.resolve("pgherder.conf"),
                "# managed by pgherder for cluster orders; edits here are overwritten\ncluster_name = 'pg1'\n");
        long pid = postmaster(data, 1921);

        assertThat(look())
                .containsExactly(new LocalInstance(
                        data, 1921, pid, 0, "", "", false, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void aLinkInThePlaceOfTheSettingsIsNotFollowed() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        Path elsewhere = Files.writeString(home.resolve("secret"), "cluster_name = 'pg1'\n");
        Files.createSymbolicLink(data.resolve("pgherder.conf"), elsewhere);
        long pid = postmaster(data, 1921);

        assertThat(look())
                .containsExactly(new LocalInstance(
                        data, 1921, pid, 15, "", "", false, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void aProgramThatMerelyWorksThereIsNoPostmaster() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        program(data);
        Files.writeString(data.resolve("postmaster.pid"), pidFile(1, data, 1921));

        assertThat(look()).isEmpty();
    }

    @Test
    void oneThatTheAgentInstalledAndThatDoesNotRunIsToldWithThePortOfItsSettings() throws IOException {
        Path data = installed("pg_root1921", """
                # managed by pgherder for cluster orders; edits here are overwritten
                cluster_name = 'pg1'
                port = '1921'
                """);

        assertThat(look())
                .containsExactly(new LocalInstance(
                        data, 1921, 0, 15, "orders", "pg1", false, true, Optional.empty(), Optional.empty()));
    }

    @Test
    void oneThatTheAgentInstalledAndThatRunsIsToldOnce() throws IOException {
        Path data = installed("pg_root1921", "port = '1921'\n");
        long pid = postmaster(data, 1922);

        assertThat(look())
                .containsExactly(new LocalInstance(
                        data, 1922, pid, 15, "", "", false, true, Optional.empty(), Optional.empty()));
    }

    @Test
    void oneThatTheAgentInstalledAndThatIsGoneOrAnotherIsNotTold() throws IOException {
        Path data = installed("pg_root1921", "port = '1921'\n");
        Files.move(data, home.resolve("moved"));
        assertThat(look()).isEmpty();

        dataDirectory(data);
        assertThat(look()).isEmpty();
    }

    @Test
    void aDirectoryThatDoesNotAnswerIsToldBesideWhatWasFound() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        postmaster(data, 1921);
        Path other = dataDirectory(allowed.resolve("pg_root1922"));
        postmaster(other, 1922);
        CountDownLatch hangs = new CountDownLatch(1);
        CompletableFuture<Boolean> held = inTime.done(
                Duration.ofMillis(1),
                data.toString(),
                () -> {
                    try {
                        hangs.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                },
                silence -> false);
        assertThat(held.join()).isFalse();

        FoundInstances found = search();
        hangs.countDown();

        assertThat(found.found())
                .extracting(LocalInstance::dataDir)
                .contains(other)
                .doesNotContain(data);
        assertThat(found.unseen())
                .extracting(AgentProblem::summary)
                .containsExactly("could not look at " + data + ": it does not answer");
    }

    private List<LocalInstance> look() {
        FoundInstances found = search();
        assertThat(found.unseen()).isEmpty();
        return found.found().stream()
                .filter(instance -> instance.dataDir().startsWith(home))
                .toList();
    }

    private FoundInstances search() {
        return new LocalInstances(state, new AllowedRoots(List.of(allowed)), inTime)
                .look()
                .join();
    }

    private static Path dataDirectory(Path data) throws IOException {
        Files.createDirectory(data);
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        return data;
    }

    private Path installed(String name, String settings) throws IOException {
        Path data = allowed.resolve(name);
        DataDirectory directory = new DataDirectory(data, Optional.empty(), state.instance(data));
        directory.stage("CloneStandby");
        Files.writeString(directory.staging().resolve("PG_VERSION"), "15\n");
        Files.writeString(directory.staging().resolve("pgherder.conf"), settings);
        directory.install();
        return data;
    }

    /** To the kernel, any program that works there and that postmaster.pid names. */
    private long postmaster(Path data, int port) throws IOException {
        long pid = program(data);
        Files.writeString(data.resolve("postmaster.pid"), pidFile(pid, data, port));
        return pid;
    }

    private long program(Path directory) throws IOException {
        Process process =
                new ProcessBuilder("sleep", "60").directory(directory.toFile()).start();
        processes.add(process);
        return process.pid();
    }

    private static String pidFile(long pid, Path data, int port) {
        return pid + "\n" + data + "\n1764100000\n" + port + "\n/tmp\n*\n  1  2\nready   \n";
    }
}
