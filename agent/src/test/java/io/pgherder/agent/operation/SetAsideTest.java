package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.InstanceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SetAsideTest {
    @TempDir
    private Path directory;

    private OperationFixture fixture;
    private Path data;
    private Path wal;
    private InstanceFiles files;
    private AllowedRoots roots;

    @BeforeEach
    void aStandbyThatDoesNotRun() throws IOException {
        fixture = new OperationFixture(directory);
        roots = fixture.host.roots();
        data = fixture.place("pg1925", 1925).dataDir();
        wal = fixture.temp.resolve("wal/pg_wal_1925");
        Files.createDirectories(data);
        Files.createDirectories(wal);
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        Files.writeString(data.resolve("standby.signal"), "");
        isOf("t5", "pg1925");
        Files.writeString(wal.resolve("000000010000000000000001"), "WAL");
        Files.createSymbolicLink(data.resolve("pg_wal"), wal);
        files = fixture.host.files(fixture.place("pg1925", 1925));
        files.passfile().write("10.0.1.11:1921:*:rep:hunter2\n");
    }

    private void isOf(String cluster, String node) throws IOException {
        Files.writeString(data.resolve("pgherder.conf"), """
                # managed by pgherder for cluster %s; edits here are overwritten
                cluster_name = '%s'
                """.formatted(cluster, node));
    }

    /** What another instance in the same place would take for its own. */
    private List<AtomicFile> kept() {
        return List.of(
                files.passfile(),
                files.formerSettings(),
                files.refusedSettings(),
                files.formerHba(),
                files.previousSettings(),
                files.previousHba());
    }

    /** As a node that the file does not have any more: where its WAL is, nothing declares. */
    private String setAside() {
        InstancePlace place = fixture.place("pg1925", 1925);
        return new SetAside(new InstancePlace(
                        place.cluster(),
                        place.node(),
                        place.majorVersion(),
                        place.binDir(),
                        place.dataDir(),
                        Optional.empty(),
                        place.configDir(),
                        place.port(),
                        place.superuser()))
                .run(new OperationContext(host(), Cancellation.never(), fixture.progress::add, child -> {}));
    }

    private Host host() {
        return new Host(
                fixture.host.runner(),
                fixture.host.sync(),
                fixture.host.installations(),
                fixture.host.state(),
                roots,
                fixture.host.socketDir(),
                fixture.host.account());
    }

    private List<Path> in(String parent) throws IOException {
        try (Stream<Path> entries = Files.list(fixture.temp.resolve(parent))) {
            return entries.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private void isAsideAndWhole() throws IOException {
        assertThat(in("data")).singleElement().satisfies(aside -> {
            assertThat(aside.getFileName().toString()).matches("pg_root1925\\.set-aside-\\d{8}T\\d{6}Z");
            assertThat(aside.resolve("pg_wal/000000010000000000000001")).hasContent("WAL");
        });
        assertThat(in("wal"))
                .singleElement()
                .satisfies(aside ->
                        assertThat(aside.getFileName().toString()).matches("pg_wal_1925\\.set-aside-\\d{8}T\\d{6}Z"));
    }

    @Test
    void dataAndWalGetOtherNamesAndTheAgentForgetsThem() throws IOException {
        kept().forEach(file -> file.write("of this instance"));

        String outcome = setAside();

        isAsideAndWhole();
        assertThat(outcome)
                .isEqualTo("now in " + in("data").get(0) + " and " + in("wal").get(0));
        assertThat(kept()).allMatch(file -> file.read().isEmpty());
        assertThat(setAside()).isEqualTo("there is nothing in " + data + ": nothing to do");
    }

    @Test
    void whereItsLinkCannotBeTurnedAllStaysInItsPlace() throws IOException {
        Files.createDirectories(data.resolve("pg_wal.pgherder-draft/of-somebody"));

        staysBecause("SYSTEM-003");
    }

    @Test
    void walThatIsAMountPointStaysWithItsData() throws IOException {
        Path mounted = Path.of("/proc");
        Files.delete(data.resolve("pg_wal"));
        Files.createSymbolicLink(data.resolve("pg_wal"), mounted);
        roots = new AllowedRoots(List.of(Path.of("/")));

        staysBecause("SYSTEM-003");

        assertThat(data.resolve("pg_wal").toRealPath()).isEqualTo(mounted);
        assertThat(files.passfile().read()).isPresent();
    }

    @Test
    void killedBeforeItsLinkWasTurnedItGoesOn() throws IOException {
        Files.createSymbolicLink(
                data.resolve("pg_wal.pgherder-draft"),
                fixture.temp.resolve("wal/pg_wal_1925.set-aside-20261126T204500Z"));

        setAside();

        isAsideAndWhole();
    }

    @Test
    void killedAfterItsLinkWasTurnedItGoesOn() throws IOException {
        Files.delete(data.resolve("pg_wal"));
        Files.createSymbolicLink(
                data.resolve("pg_wal"), fixture.temp.resolve("wal/pg_wal_1925.set-aside-20261126T204500Z"));

        setAside();

        isAsideAndWhole();
    }

    @Test
    void killedAfterItsWalWasMovedItGoesOn() throws IOException {
        Path moved = fixture.temp.resolve("wal/pg_wal_1925.set-aside-20261126T204500Z");
        Files.move(wal, moved);
        Files.delete(data.resolve("pg_wal"));
        Files.createSymbolicLink(data.resolve("pg_wal"), moved);

        setAside();

        isAsideAndWhole();
    }

    @Test
    void killedAfterTheMoveItForgetsWhatIsNotMissed() throws IOException {
        InstancePlace place = fixture.place("pg1925", 1925);
        fixture.host.directory(place).adopt("WriteSettings");
        kept().forEach(file -> file.write("of this instance"));
        Files.move(data, data.resolveSibling("pg_root1925.set-aside-20261126T204500Z"));
        assertThat(fixture.host.directory(place).hasVanished()).isTrue();

        assertThat(setAside()).isEqualTo("was set aside before");

        assertThat(fixture.host.directory(place).hasVanished()).isFalse();
        assertThat(kept()).allMatch(file -> file.read().isEmpty());
        assertThat(setAside()).isEqualTo("there is nothing in " + data + ": nothing to do");
    }

    @Test
    void walThatTheAgentMayNotTouchStaysWhereItIs() throws IOException {
        Path elsewhere = Files.createDirectory(fixture.temp.resolve("elsewhere"));
        Files.delete(data.resolve("pg_wal"));
        Files.createSymbolicLink(data.resolve("pg_wal"), elsewhere);

        assertThat(setAside()).isEqualTo("now in " + in("data").get(0));
        assertThat(elsewhere).exists();
    }

    @Test
    void aCopyThatLeadsToTheWalOfItsOriginalStays() throws IOException {
        InstancePlace original = fixture.place("pg1921", 1921);
        Files.createDirectories(original.dataDir());
        Files.writeString(original.dataDir().resolve("PG_VERSION"), "15\n");
        Files.createSymbolicLink(original.dataDir().resolve("pg_wal"), wal);
        fixture.host.directory(original).adopt("WriteSettings");

        staysBecause("START-008");
    }

    @Test
    void whatRunsStays() throws IOException {
        Process server =
                new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
        try {
            Files.writeString(
                    data.resolve("postmaster.pid"),
                    server.pid() + "\n" + data + "\n1764100000\n1925\n/tmp\n*\n  1  2\nready   \n");

            staysBecause("ASIDE-001");
        } finally {
            server.destroy();
        }
    }

    @Test
    void whatBelongsToAnotherNodeStays() throws IOException {
        isOf("t5", "pg1926");

        staysBecause("ASIDE-002");
    }

    @Test
    void whatBelongsToAnotherClusterStays() throws IOException {
        isOf("t6", "pg1925");

        staysBecause("ASIDE-002");
    }

    @Test
    void whatIsNoStandbyStays() throws IOException {
        Files.delete(data.resolve("standby.signal"));

        staysBecause("ASIDE-003");
    }

    private void staysBecause(String code) {
        assertThatThrownBy(this::setAside)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(code));
        assertThat(data).exists();
        assertThat(wal).exists();
    }
}
