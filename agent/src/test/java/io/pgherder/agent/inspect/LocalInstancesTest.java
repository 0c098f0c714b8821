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

/** What else runs on the machine is nobody's business: the kernel shows the processes of the test only, through links to what it has on them. */
class LocalInstancesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InTime inTime = new InTime(threads);
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path temp;

    private Path home;
    private Path kernel;
    private Path allowed;
    private StateDirectory state;

    @BeforeEach
    void makeHost() throws IOException {
        home = temp.toRealPath();
        kernel = Files.createDirectory(home.resolve("proc"));
        Files.createSymbolicLink(kernel.resolve("self"), Path.of("/proc/self"));
        allowed = Files.createDirectory(home.resolve("data01"));
        state = new StateDirectory(home.resolve("state"));
    }

    /** Whoever clears away the links looks where they lead, which is nowhere from one moment to the next. */
    @AfterEach
    void endProcesses() throws IOException {
        for (Process process : processes) {
            Files.delete(kernel.resolve("" + process.pid()));
            process.destroyForcibly();
        }
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
        server(data);

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
    void aServerThatMerelyWorksThereIsNoPostmaster() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        server(data);
        Files.writeString(data.resolve("postmaster.pid"), pidFile(1, data, 1921));

        assertThat(look()).isEmpty();
    }

    /** Where a shell stands is not touched: its file system may hang. */
    @Test
    void whereNoServerWorksNothingIsLookedAt() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        long pid = program("bash", data);
        Files.writeString(data.resolve("postmaster.pid"), pidFile(pid, data, 1921));

        assertThat(withSilent(data)).isEqualTo(new FoundInstances(List.of(), List.of()));
    }

    @Test
    void aServerThatWasStartedByItsOtherNameIsFound() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        long pid = program("postmaster", data);
        Files.writeString(data.resolve("postmaster.pid"), pidFile(pid, data, 1921));

        assertThat(look()).extracting(LocalInstance::pid).containsExactly(pid);
    }

    @Test
    void whereItCannotBeToldWhetherAServerRunsThatIsTold() throws IOException {
        Path nonsense = dataDirectory(allowed.resolve("pg_root1921"));
        server(nonsense);
        Files.writeString(nonsense.resolve("postmaster.pid"), "nonsense\n");
        Path closed = Files.createDirectory(allowed.resolve("pg_root1922"));
        server(closed);
        Files.createSymbolicLink(closed.resolve("PG_VERSION"), closed.resolve("PG_VERSION"));
        Files.writeString(postgres(1_000_001, "1000001").resolve("cwd"), "no link");
        Files.createDirectory(kernel.resolve("1000002"));
        Files.writeString(postgres(1_000_003, "1000003").resolve("cwd"), "no link");

        FoundInstances found = search();

        assertThat(found.found()).isEmpty();
        assertThat(found.unseen())
                .extracting(AgentProblem::summary)
                .as("of one that has ended there is nothing to tell")
                .containsExactly(
                        "could not look for all instances: the kernel does not tell where some processes of PostgreSQL work",
                        "could not make sense of " + nonsense + "/postmaster.pid",
                        "could not look at " + closed + "/PG_VERSION");
    }

    @Test
    void severalProcessesThatHideAreToldOnce() throws IOException {
        Files.writeString(postgres(1_000_001, "1000001").resolve("cwd"), "no link");
        Files.writeString(postgres(1_000_003, "1000003").resolve("cwd"), "no link");

        assertThat(search().unseen()).singleElement().satisfies(problem -> {
            assertThat(problem.details()).first().isEqualTo("pid 1000001, 1000003");
            assertThat(problem.hint()).startsWith("whose are they? ");
        });
    }

    /** Its account has the number of the agent's by chance, and its paths are not the host's. */
    @Test
    void whatRunsInAContainerIsNobodys() throws IOException {
        Path data = dataDirectory(allowed.resolve("pg_root1921"));
        Files.createSymbolicLink(postgres(1_000_001, "1000001\t7").resolve("cwd"), data);
        Files.writeString(postgres(1_000_002, "1000002\t8").resolve("cwd"), "no link");

        FoundInstances found = search();

        assertThat(found.found()).isEmpty();
        assertThat(found.unseen()).isEmpty();
    }

    /** What the kernel shows of a process. */
    private Path postgres(int pid, String numbers) throws IOException {
        Path process = Files.createDirectory(kernel.resolve("" + pid));
        Files.writeString(process.resolve("comm"), "postgres\n");
        Files.writeString(process.resolve("status"), "Name:\tpostgres\nNSpid:\t" + numbers + "\nThreads:\t1\n");
        return process;
    }

    @Test
    void whereNoInstanceIsServersMayWork() throws IOException {
        Path empty = Files.createDirectory(allowed.resolve("pg_root1921"));
        server(empty);
        Path gone = Files.createDirectory(allowed.resolve("pg_root1922"));
        server(gone);
        Files.delete(gone);

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

        FoundInstances found = withSilent(data);

        assertThat(found.found()).extracting(LocalInstance::dataDir).containsExactly(other);
        assertThat(found.unseen())
                .extracting(AgentProblem::summary)
                .containsExactly("could not look at " + data + ": it does not answer");
    }

    private List<LocalInstance> look() {
        FoundInstances found = search();
        assertThat(found.unseen()).isEmpty();
        return found.found();
    }

    /** What is found as long as a directory does not answer. */
    private FoundInstances withSilent(Path directory) {
        CountDownLatch hangs = new CountDownLatch(1);
        CompletableFuture<Boolean> held = inTime.done(
                Duration.ofMillis(1),
                directory.toString(),
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
        try {
            return search();
        } finally {
            hangs.countDown();
        }
    }

    private FoundInstances search() {
        return new LocalInstances(state, new AllowedRoots(List.of(allowed)), new RunningPostmasters(kernel), inTime)
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

    private long postmaster(Path data, int port) throws IOException {
        long pid = server(data);
        Files.writeString(data.resolve("postmaster.pid"), pidFile(pid, data, port));
        return pid;
    }

    private long server(Path directory) throws IOException {
        return program("postgres", directory);
    }

    /** To the kernel, any program that is called by that name and works there. */
    private long program(String name, Path directory) throws IOException {
        Path link = home.resolve(name);
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, Path.of("/bin/bash"));
        }
        Process process = new ProcessBuilder(link.toString(), "-c", "read")
                .directory(directory.toFile())
                .start();
        processes.add(process);
        Files.createSymbolicLink(kernel.resolve("" + process.pid()), Path.of("/proc/" + process.pid()));
        return process.pid();
    }

    private static String pidFile(long pid, Path data, int port) {
        return pid + "\n" + data + "\n1764100000\n" + port + "\n/tmp\n*\n  1  2\nready   \n";
    }
}
