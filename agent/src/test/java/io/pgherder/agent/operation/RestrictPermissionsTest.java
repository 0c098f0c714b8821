package io.pgherder.agent.operation;

import io.pgherder.agent.operation.RestrictPermissions.Directory;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RestrictPermissionsTest {
    @TempDir
    private Path directory;

    private OperationFixture fixture;
    private InstancePlace place;
    private Path data;
    private Path wal;

    @BeforeEach
    void anInstanceWithItsWalApart() throws IOException {
        fixture = new OperationFixture(directory);
        place = fixture.place("pg1922", 1922);
        data = place.dataDir();
        wal = place.walDir().orElseThrow();
        Files.createDirectories(data);
        Files.createDirectories(wal);
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        chmod(data.resolve("PG_VERSION"), 0600);
        Files.createSymbolicLink(data.resolve("pg_wal"), wal);
        chmod(data, 0700);
        chmod(wal, 0700);
    }

    @Test
    void anInstanceThatWasItsAccountsAloneIsSoAgain() throws IOException {
        chmod(data, 0755);
        chmod(wal, 02777);

        assertThat(restrict(Directory.DATA, Directory.WAL))
                .isEqualTo(data + " has mode 0700, had 0755; " + wal + " has mode 2700, had 2777");
        assertThat(mode(data)).isEqualTo(0700);
        assertThat(mode(wal)).isEqualTo(02700);
    }

    @Test
    void theGroupOfOneThatWasMadeWithGroupAccessGoesOnReading() throws IOException {
        chmod(data.resolve("PG_VERSION"), 0640);
        chmod(data, 0775);
        chmod(wal, 0755);

        assertThat(restrict(Directory.DATA, Directory.WAL))
                .isEqualTo(data + " has mode 0750, had 0775; " + wal + " has mode 0750, had 0755");
    }

    @Test
    void whatTheOwnerMayIsNotWidened() throws IOException {
        chmod(data, 0577);

        assertThat(restrict(Directory.DATA)).isEqualTo(data + " has mode 0500, had 0577");
    }

    @Test
    void aSecondRunFindsNothingToDo() throws IOException {
        chmod(data, 0720);
        restrict(Directory.DATA, Directory.WAL);

        assertThat(restrict(Directory.DATA, Directory.WAL)).isEqualTo("closed to others already: nothing to do");
        assertThat(mode(data)).isEqualTo(0700);
    }

    @Test
    void aDirectoryThatIsNotNamedStaysAsItIs() throws IOException {
        chmod(data, 0755);
        chmod(wal, 0755);

        restrict(Directory.WAL);

        assertThat(mode(data)).isEqualTo(0755);
        assertThat(mode(wal)).isEqualTo(0700);
    }

    @Test
    void aDirectoryWithoutAnInstanceIsSomebodyElses() throws IOException {
        Files.delete(data.resolve("PG_VERSION"));
        chmod(data, 0755);

        assertThat(refusal(place, Directory.DATA))
                .isEqualTo(new AgentProblem(
                        "PERMISSION-001",
                        "refusing to change the permissions of " + data + ": it is no directory of pg1922",
                        List.of("there is no instance in it"),
                        "has somebody moved it? Look at the cluster again",
                        List.of()));
        assertThat(mode(data)).isEqualTo(0755);
    }

    @Test
    void aWalDirectoryThatTheInstanceDoesNotUseIsSomebodyElses() throws IOException {
        Path other = Files.createDirectory(wal.resolveSibling("pg_wal_1923"));
        Files.delete(data.resolve("pg_wal"));
        Files.createSymbolicLink(data.resolve("pg_wal"), other);
        chmod(wal, 0755);

        assertThat(refusal(place, Directory.WAL))
                .isEqualTo(new AgentProblem(
                        "PERMISSION-001",
                        "refusing to change the permissions of " + wal + ": it is no directory of pg1922",
                        List.of(data + "/pg_wal is " + other),
                        "has somebody moved it? Look at the cluster again",
                        List.of()));
        assertThat(mode(wal)).isEqualTo(0755);
    }

    @Test
    void aLinkThatHasComeInPlaceOfADirectoryIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(fixture.temp.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("PG_VERSION"), "15\n");
        chmod(elsewhere, 0755);
        Files.move(data, data.resolveSibling("moved"));
        Files.createSymbolicLink(data, elsewhere);

        assertThat(refusal(place, Directory.DATA))
                .isEqualTo(new AgentProblem(
                        "PERMISSION-001",
                        "refusing to change the permissions of " + data + ": it is no directory of pg1922",
                        List.of("it is a link by now"),
                        "has somebody moved it? Look at the cluster again",
                        List.of()));
        assertThat(mode(elsewhere)).isEqualTo(0755);
    }

    @Test
    void permissionsThatNobodyCanChangeAreTold() throws IOException {
        Path kernels = Path.of("/proc/" + ProcessHandle.current().pid() + "/net");
        assumeTrue(Files.isDirectory(kernels), "no file system here refuses every change of a mode");
        Files.delete(data.resolve("pg_wal"));
        Files.createSymbolicLink(data.resolve("pg_wal"), kernels);
        InstancePlace unchangeable = new InstancePlace(
                "t5", "pg1922", 15, Optional.empty(), data, Optional.of(kernels), Optional.empty(), 1922, "postgres");

        assertThat(refusal(unchangeable, Directory.WAL))
                .isEqualTo(new AgentProblem(
                        "PERMISSION-002",
                        "could not close " + kernels + " to others",
                        List.of(kernels + ": operation not permitted"),
                        "whose is it, and what file system is it on?  ls -ld " + kernels,
                        List.of()));
    }

    @Test
    void aWalDirectoryThatIsNotApartCannotBeNamed() {
        InstancePlace whole = new InstancePlace(
                "t5", "pg1922", 15, Optional.empty(), data, Optional.empty(), Optional.empty(), 1922, "postgres");

        assertThatThrownBy(() -> new RestrictPermissions(whole, List.of(Directory.WAL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no directory to restrict: [WAL]");
    }

    private String restrict(Directory... directories) {
        return new RestrictPermissions(place, List.of(directories)).run(fixture.context());
    }

    private AgentProblem refusal(InstancePlace of, Directory directory) {
        return catchThrowableOfType(
                        OperationFailed.class,
                        () -> new RestrictPermissions(of, List.of(directory)).run(fixture.context()))
                .problem();
    }

    private static void chmod(Path directory, int mode) throws IOException {
        Files.setAttribute(directory, "unix:mode", mode);
    }

    private static int mode(Path directory) throws IOException {
        return (Integer) Files.getAttribute(directory, "unix:mode") & 07777;
    }
}
