package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandListener;
import io.pgherder.agent.system.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** InitPrimary and CloneStandby: what they leave, whatever happens. */
final class NewInstanceTest {
    @TempDir
    Path temp;

    private OperationFixture fixture;
    private InstancePlace place;

    @BeforeEach
    void makeHost() {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
        fixture.programs.when("initdb", FakeCommandRunner::fillsDirectories);
        fixture.programs.when("pg_basebackup", this::copy);
    }

    @Test
    void primaryIsInitialisedConfiguredAndInstalled() {
        assertThat(init().run(fixture.context())).isEqualTo("initialised, PostgreSQL 15.18");

        assertThat(place.dataDir().resolve("pgherder.conf")).hasContent("""
                        # managed by pgherder for cluster t5; edits here are overwritten
                        cluster_name = 'pg1922'
                        hot_standby = 'on'
                        max_connections = '60'
                        port = '1922'
                        recovery_target_timeline = 'latest'
                        synchronous_standby_names = 'ANY 1 (pg1922, pg1923)'
                        unix_socket_directories = '%s'
                        """.formatted(fixture.temp));
        assertThat(place.dataDir().resolve("postgresql.conf")).hasContent("""
                        # the user's
                        # What pgherder manages; being last, it wins over everything above.
                        include 'pgherder.conf'
                        """);
        assertThat(place.dataDir().resolve("pg_hba.conf")).hasContent("""
                        # managed by pgherder; edits here are overwritten
                        # The agent's own way in.
                        local all postgres peer
                        host replication rep 10.0.0.0/16 scram-sha-256
                        """);
        assertThat(place.dataDir().resolve("standby.signal")).doesNotExist();
        assertThat(place.dataDir().resolve("pg_wal/000000010000000000000001")).exists();
        fixture.assertNothingIsStaged();
    }

    @Test
    void copyKeepsTheBytesAndTheReadersOfTheUsersFiles() throws IOException {
        byte[] comment = "# Z\u00fcrich\n".getBytes(StandardCharsets.ISO_8859_1);
        fixture.programs.when("pg_basebackup", (command, listener) -> {
            CommandResult result = copy(command, listener);
            for (String name : List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf")) {
                Path file = fixture.host.directory(place).staging().resolve(name);
                Files.write(file, comment);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            }
            return result;
        });
        NodeConfiguration withoutHba = new NodeConfiguration(
                Map.of("a.city", "Z\u00fcrich"),
                "",
                Optional.of(OperationFixture.upstream("pg1922")),
                Optional.empty());

        cloneFrom(OperationFixture.upstream("pg1922"), withoutHba).run(fixture.context());

        assertThat(Files.readAllBytes(place.dataDir().resolve("postgresql.conf")))
                .startsWith(comment);
        assertThat(Files.readAllBytes(place.dataDir().resolve("pg_hba.conf"))).endsWith(comment);
        assertThat(Files.getPosixFilePermissions(place.dataDir().resolve("pg_hba.conf")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Files.readString(place.dataDir().resolve("pgherder.conf"))).contains("a.city = 'Z\u00fcrich'\n");
    }

    @Test
    void initialisingASecondTimeFindsNothingToDo() {
        init().run(fixture.context());

        assertThat(init().run(fixture.context())).isEqualTo("already initialised: nothing to do");
        assertThat(runsOf("initdb")).isEqualTo(1);
    }

    @Test
    void primaryIsNotInitialisedInThePlaceOfOneThatVanished() throws IOException {
        init().run(fixture.context());
        Files.move(place.dataDir(), fixture.temp.resolve("unmounted"));
        Files.move(place.walDir().orElseThrow(), fixture.temp.resolve("unmounted-wal"));
        Path mark = fixture.state.instance(place.dataDir()).mark().path();

        assertThatThrownBy(() -> init().run(fixture.context()))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed)
                            .hasMessage("INIT-002 refusing to initialise pg1922: an instance stood in "
                                    + place.dataDir() + " and is gone");
                    assertThat(failed.problem().hint())
                            .contains("is a file system not mounted? If the instance is meant to be gone for good,"
                                    + " remove " + mark);
                });
        assertThat(runsOf("initdb")).isEqualTo(1);
        assertThat(place.dataDir()).doesNotExist();

        Files.delete(mark);
        assertThat(init().run(fixture.context())).isEqualTo("initialised, PostgreSQL 15.18");
    }

    @Test
    void wipedStandbyIsClonedAgain() throws IOException {
        cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context());
        wipe(place.dataDir());
        wipe(place.walDir().orElseThrow());

        assertThat(cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context()))
                .isEqualTo("cloned from pg1921, 22 MB");
        assertThat(runsOf("pg_basebackup")).isEqualTo(2);
    }

    @Test
    void instanceOfSomebodyElseIsRefusedByBothVerbs() throws IOException {
        Files.createDirectory(place.dataDir());
        Files.writeString(place.dataDir().resolve("PG_VERSION"), "15\n");

        assertThatThrownBy(() -> init().run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("SYSTEM-007 the data directory " + place.dataDir() + " is not empty");
        assertThatThrownBy(() -> cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("SYSTEM-007 the data directory " + place.dataDir() + " is not empty");
        assertThat(runsOf("initdb") + runsOf("pg_basebackup")).isZero();
    }

    @Test
    void settingThatWouldLeadElsewhereIsRefused() {
        InitPrimary withElsewhere = new InitPrimary(
                place,
                "UTF8",
                "",
                true,
                new NodeConfiguration(Map.of("data_directory", "/etc"), "", Optional.empty(), Optional.empty()));

        assertThatThrownBy(() -> withElsewhere.run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("CONFIG-006 refusing to set data_directory on pg1922");
        assertThat(place.dataDir()).doesNotExist();
        fixture.assertNothingIsStaged();
    }

    @Test
    void failedInitdbLeavesNothingAndItsOwnWords() {
        fixture.programs.when(
                "initdb", command -> FakeCommandRunner.fails("initdb: error: invalid locale name \"xx\""));

        assertThatThrownBy(() -> init().run(fixture.context()))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().code()).isEqualTo("INIT-001");
                    assertThat(failed.problem().toolOutput())
                            .containsExactly("initdb: error: invalid locale name \"xx\"");
                });
        assertThat(place.dataDir()).doesNotExist();
        fixture.assertNothingIsStaged();
    }

    @Test
    void copyIsAStandbyThatCarriesNothingOfItsSource() throws IOException {
        assertThat(cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context()))
                .isEqualTo("cloned from pg1921, 22 MB");

        Path passfile = fixture.state.instance(place.dataDir()).passfile().path();
        assertThat(Files.readAllLines(place.dataDir().resolve("pgherder.conf")))
                .contains(
                        "primary_conninfo = 'host=10.0.1.11 port=1921 user=rep passfile=" + passfile
                                + " application_name=pg1922'",
                        "primary_slot_name = 'pg1922'");
        assertThat(place.dataDir().resolve("postgresql.auto.conf")).hasContent("work_mem = '4MB'\n");
        assertThat(place.dataDir().resolve("standby.signal")).isEmptyFile();
        assertThat(place.dataDir().resolve("recovery.signal")).doesNotExist();
        assertThat(passfile).hasContent("10.0.1.11:1921:replication:rep:hunter2\n");
        fixture.assertNothingIsStaged();
    }

    @Test
    void copyIsOnDiskWithItsConfigurationBeforeItIsInstalled() {
        List<Boolean> configured = new ArrayList<>();
        List<String> synced = new ArrayList<>();
        fixture.programs.when("sync", command -> {
            assertThat(place.dataDir()).doesNotExist();
            synced.addAll(command.arguments().subList(2, command.arguments().size()));
            configured.add(Files.exists(Path.of(command.arguments().get(2), "standby.signal")));
            return FakeCommandRunner.succeeds("");
        });

        cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context());

        assertThat(configured).as("tried elsewhere, then in earnest").containsExactly(false, true);
        assertThat(argumentsOf("pg_basebackup")).contains("--no-sync");
        assertThat(synced).as("the trial's, data and WAL").hasSize(3).startsWith("/proc");
        assertThat(place.dataDir().resolve("standby.signal")).exists();
    }

    @Test
    void whereTheFileSystemDoesNotTellTheProgramSyncs() {
        fixture.reportsWhatIsNotOnDisk = false;

        cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context());

        assertThat(argumentsOf("pg_basebackup")).doesNotContain("--no-sync");
        assertThat(runsOf("sync")).isZero();
    }

    @Test
    void anErrorOfTheFileSystemIsNotOursIfEachOfOurFilesIsOnDisk() {
        failInEarnest("sync: error syncing: Input/output error");
        fixture.programs.when("initdb", command -> FakeCommandRunner.succeeds(""));

        cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context());

        assertThat(argumentsOf("initdb")).contains("--sync-only");
        assertThat(place.dataDir().resolve("standby.signal")).exists();
    }

    @Test
    void whatCannotBeBroughtToDiskIsNotInstalled() {
        failInEarnest("sync: error syncing: Input/output error");
        fixture.programs.when("initdb", command -> FakeCommandRunner.fails("initdb: error: could not fsync file"));

        assertThatThrownBy(() -> cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context()))
                .hasMessageStartingWith("SYSTEM-010 ");

        assertThat(place.dataDir()).doesNotExist();
        fixture.assertNothingIsStaged();
    }

    /** After a trial that succeeds. */
    private void failInEarnest(String words) {
        fixture.programs.when(
                "sync",
                command -> command.arguments().contains("/proc")
                        ? FakeCommandRunner.succeeds("")
                        : FakeCommandRunner.fails(words));
    }

    private List<String> argumentsOf(String program) {
        return fixture.programs.commands.stream()
                .filter(command -> command.program().equals(program))
                .findFirst()
                .orElseThrow()
                .arguments();
    }

    @Test
    void copyNeverRunsUnderTheNameOfTheStandby() {
        cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context());

        assertThat(fixture.programs.commands)
                .filteredOn(command -> command.program().equals("pg_basebackup"))
                .allSatisfy(command -> {
                    assertThat(command.toString()).contains("application_name=pgherder-clone-pg1922");
                    assertThat(command.toString()).doesNotContain("hunter2");
                });
    }

    @Test
    void progressOfTheCopyIsPassedOn() {
        cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context());

        assertThat(fixture.progress)
                .containsExactly(
                        new Progress("waiting for the checkpoint", 0, 0),
                        new Progress("copying", 23499776, 23499776),
                        new Progress("configuring", 0, 0),
                        new Progress("syncing to disk", 0, 0));
    }

    @Test
    void cloningASecondTimeFindsNothingToDo() {
        cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context());

        assertThat(cloneFrom(OperationFixture.upstream("pg1922")).run(fixture.context()))
                .isEqualTo("already a copy: nothing to do");
        assertThat(runsOf("pg_basebackup")).isEqualTo(1);
    }

    /** {@code rm -rf DIRECTORY/*}. */
    private static void wipe(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private InitPrimary init() {
        return new InitPrimary(place, "UTF8", "C.UTF-8", true, OperationFixture.configuration(Optional.empty()));
    }

    private CloneStandby cloneFrom(Upstream upstream) {
        return cloneFrom(upstream, OperationFixture.configuration(Optional.of(upstream)));
    }

    private CloneStandby cloneFrom(Upstream upstream, NodeConfiguration configuration) {
        return new CloneStandby(place, upstream, configuration, Optional.empty(), true);
    }

    private CommandResult copy(Command command, CommandListener listener) throws IOException {
        listener.stderr("pg_basebackup: initiating base backup, waiting for checkpoint to complete");
        listener.stderr("22949/22949 kB (100%), 1/1 tablespace");
        CommandResult result = FakeCommandRunner.fillsDirectories(command);
        Path staging = place.dataDir().resolveSibling(place.dataDir().getFileName() + ".pgherder-staging");
        Files.writeString(staging.resolve("recovery.signal"), "");
        Files.writeString(
                staging.resolve("postgresql.auto.conf"), "port = '1921'\nwork_mem = '4MB'\nprimary_conninfo = 'x'\n");
        return result;
    }

    private long runsOf(String program) {
        return fixture.programs.commands.stream()
                .filter(command -> command.program().equals(program))
                .count();
    }
}
