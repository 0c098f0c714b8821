package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A start, and a restart before it stops anything, refuses what would come up in another role. */
class StartRoleTest {
    @TempDir
    Path temp;

    private OperationFixture fixture;
    private InstancePlace place;

    @BeforeEach
    void makeInstance() throws IOException {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
        Files.createDirectories(place.dataDir());
        Files.setPosixFilePermissions(place.dataDir(), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(place.dataDir().resolve("PG_VERSION"), "15\n");
    }

    @Test
    void aStandbyWithoutItsSignalWouldBeASecondPrimary() {
        assertRefused(false, "START-001", "it would come up as a second primary");
    }

    @Test
    void aPrimaryWithTheSignalOfAStandbyWouldBeOne() throws IOException {
        signal("standby.signal");

        assertRefused(true, "START-002", "it is a standby");
    }

    @Test
    void aCopyOfAnotherInstanceMustNotWriteIntoItsWal() throws IOException {
        InstancePlace other = fixture.place("pg1921", 1921);
        Files.createDirectories(other.dataDir().resolve("pg_wal"));
        Files.writeString(other.dataDir().resolve("PG_VERSION"), "15\n");
        fixture.context().host().directory(other).adopt("WriteSettings");
        Files.createSymbolicLink(
                place.dataDir().resolve("pg_wal"), other.dataDir().resolve("pg_wal"));

        assertRefused(true, "START-008", "on the WAL of another instance");
    }

    @Test
    void aDirectoryThatIsOpenToOthersIsToldBeforeAnythingIsStopped() throws IOException {
        Files.setPosixFilePermissions(place.dataDir(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertRefused(true, "START-009", "open to others");
    }

    @Test
    void aPrimaryWithTheSignalOfARecoveryWouldRecoverAnArchive() throws IOException {
        signal("recovery.signal");

        assertRefused(true, "START-005", "it would recover an archive");
    }

    @Test
    void aStandbyWithATargetMightBeASecondPrimary() throws IOException {
        signal("standby.signal");
        Path file = place.dataDir().resolve("postgresql.auto.conf");
        for (String name : List.of("recovery_target", "Recovery_Target_Time")) {
            Files.writeString(file, name + " = 'immediate'\n");

            assertRefused(false, "START-015", "its recovery would end at a target");
        }
        Files.writeString(file, "");
        Files.writeString(place.dataDir().resolve("postgresql.conf"), "recovery_target_lsn = '0/3000000'\n");

        assertRefused(false, "START-015", "its recovery would end at a target");
    }

    /** A standby that runs is promoted by it at any time: a start adds no danger as long as the file is not there. */
    @Test
    void aFileThatPromotesIsInTheWayWhereItIsThere() throws IOException {
        signal("standby.signal");
        Path conf = Files.writeString(place.dataDir().resolve("postgresql.conf"), "promote_trigger_file = 'now'\n");

        requireNoTarget();

        Files.createFile(place.dataDir().resolve("now"));
        assertRefused(false, "START-015", "the file by which it is promoted is there");
        assertThatThrownBy(this::requireNoTarget).isInstanceOfSatisfying(OperationFailed.class, failed -> {
            assertThat(failed.problem().summary())
                    .isEqualTo("refusing to start pg1922: the file by which it is promoted is there, and it would"
                            + " come up as a second primary");
            assertThat(failed.problem().details()).containsExactly(conf + ":1: promote_trigger_file = 'now'");
            assertThat(failed.problem().hint())
                    .isEqualTo("who put it there, and why? Remove that file, or take the line away, then run the"
                            + " same command again");
        });

        Files.writeString(place.dataDir().resolve("postgresql.auto.conf"), "promote_trigger_file = ''\n");
        requireNoTarget();
    }

    @Test
    void aTargetThatIsTakenBackIsNone() throws IOException {
        Files.writeString(
                place.dataDir().resolve("postgresql.conf"),
                "recovery_target = 'immediate'\nrecovery_target_timeline = 'latest'\n");
        Files.writeString(place.dataDir().resolve("postgresql.auto.conf"), "recovery_target = ''\n");

        requireNoTarget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include 'site/one.conf'",
                "include_if_exists = 'site/one.conf'",
                "Include_Dir 'site'",
                "include 'more.conf'",
            })
    void aTargetInAFileThatIsIncludedCountsToo(String line) throws IOException {
        signal("standby.signal");
        Path site = Files.createDirectory(place.dataDir().resolve("site"));
        Path target = Files.writeString(site.resolve("one.conf"), "# ours\nrecovery_target_xid = '7'\n");
        Files.writeString(place.dataDir().resolve("more.conf"), "include_dir = 'site'\n");
        Files.writeString(place.dataDir().resolve("postgresql.conf"), line + "\n");

        assertRefused(false, "START-015", "its recovery would end at a target");
        assertThatThrownBy(this::requireNoTarget)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .containsExactly(target + ":2: recovery_target_xid = '7'"));

        Files.writeString(site.resolve("two.conf"), "recovery_target_xid = ''\n");
        if (line.contains("one.conf")) {
            assertThatThrownBy(this::requireNoTarget).isInstanceOf(OperationFailed.class);
        } else {
            requireNoTarget();
        }
    }

    @Test
    void whatADirectoryHoldsBesideSettingsFilesIsNotRead() throws IOException {
        Path site = Files.createDirectory(place.dataDir().resolve("site"));
        for (String name : List.of(".hidden.conf", "one.conf.orig", "README")) {
            Files.writeString(site.resolve(name), "recovery_target_xid = '7'\n");
        }
        Files.createDirectory(site.resolve("sub.conf"));
        Files.writeString(
                place.dataDir().resolve("postgresql.conf"), "include_dir 'site'\ninclude_if_exists 'nothing.conf'\n");

        requireNoTarget();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            include 'site.conf'  | site.conf, included by DATA/postgresql.conf:1: it is not there
            include'site.conf'   | site.conf, included by DATA/postgresql.conf:1: it is not there
            include_dir 'conf.d' | conf.d, included by DATA/postgresql.conf:1: no such file or directory
            include_dir 'file'   | file, included by DATA/postgresql.conf:1: not a directory
            include 'dir'        | dir, included by DATA/postgresql.conf:1: is a directory, no regular file
            include_if_exists 'dir' | dir, included by DATA/postgresql.conf:1: is a directory, no regular file
            """)
    void aServerDoesNotStartWithWhatItIncludesAndCannotRead(String line, String words) throws IOException {
        signal("standby.signal");
        Path data = place.dataDir();
        Files.createDirectory(data.resolve("dir"));
        Files.createFile(data.resolve("file"));
        Files.writeString(data.resolve("postgresql.conf"), line + "\n");

        assertRefused(
                false, "START-015", "PostgreSQL does not start where its settings files include what it cannot read");
        assertThatThrownBy(this::requireNoTarget)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .containsExactly(data + "/" + words.replace("DATA", data.toString())));
    }

    /** One that it includes only if it is there a server passes over. */
    @Test
    void whatAServerPassesOverAndCannotBeReadMaySetATarget() throws IOException {
        signal("standby.signal");
        Path data = place.dataDir();
        Files.createSymbolicLink(data.resolve("loop"), data.resolve("loop"));
        Files.writeString(data.resolve("postgresql.conf"), "include_if_exists 'loop'\n");

        assertRefused(false, "START-015", "whether its recovery would end at a target cannot be told");
    }

    @Test
    void aFileThatIncludesItselfIsToldAndNotReadForEver() throws IOException {
        Path file = Files.writeString(place.dataDir().resolve("postgresql.conf"), "include 'postgresql.conf'\n");

        assertThatThrownBy(this::requireNoTarget)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .containsExactly(
                                        file + ", included by " + file + ":1: includes are nested more than 10 deep"));
    }

    private void requireNoTarget() {
        RecoveryTarget.requireNone(place, fixture.host.configuration(place));
    }

    private void signal(String name) throws IOException {
        Files.writeString(place.dataDir().resolve(name), "");
    }

    private void assertRefused(boolean asPrimary, String code, String why) {
        for (Operation operation :
                List.of(new StartInstance(place, asPrimary, Optional.empty()), new RestartInstance(place, asPrimary))) {
            assertThatThrownBy(() -> operation.run(fixture.context()))
                    .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                        assertThat(failed.problem().code()).isEqualTo(code);
                        assertThat(failed.problem().summary())
                                .contains("refusing to start pg1922")
                                .contains(why);
                        assertThat(failed.problem().hint()).isNotEmpty();
                    });
        }
        assertThat(fixture.programs.commands).isEmpty();
    }
}
