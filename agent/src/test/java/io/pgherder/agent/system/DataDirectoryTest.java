package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class DataDirectoryTest {
    @Test
    void aSignalIsLookedAtAsAServerDoes(@TempDir Path directory) throws IOException {
        Files.createSymbolicLink(directory.resolve("standby.signal"), directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("recovery.signal"), directory.resolve("elsewhere"));

        assertThat(DataDirectory.isStandby(directory)).as("led nowhere").isFalse();
        assertThat(DataDirectory.isRecovering(directory)).isFalse();

        Files.createFile(directory.resolve("elsewhere"));

        assertThat(DataDirectory.isStandby(directory)).isTrue();
        assertThat(DataDirectory.isRecovering(directory)).as("beside the other").isFalse();
    }

    @TempDir
    Path temp;

    private Path data = Path.of("/");
    private Path wal = Path.of("/");
    private DataDirectory directory = new DataDirectory(data, Optional.empty(), new InstanceFiles(data));
    private InstanceFiles files = new InstanceFiles(data);

    @BeforeEach
    void makeRoom() throws IOException {
        temp = temp.toRealPath();
        data = Files.createDirectories(temp.resolve("data01/pg")).resolve("pg_root1921");
        wal = Files.createDirectories(temp.resolve("data02/pg")).resolve("pg_wal_1921");
        files = new StateDirectory(temp.resolve("state")).instance(data);
        directory = newDirectory();
    }

    @Test
    void installedDirectoriesStandUnderTheirFinalNamesAndAreLinked() throws IOException {
        stageInstance();
        directory.install();

        assertThat(directory.holdsInstance()).isTrue();
        assertThat(Files.readSymbolicLink(data.resolve("pg_wal"))).isEqualTo(wal);
        assertThat(data.resolve("pg_wal/000000010000000000000001")).exists();
        assertThat(directory.staging()).doesNotExist();
        assertThat(newDirectory().wasInstalledBy("InitPrimary")).isTrue();
        assertThat(newDirectory().wasInstalledBy("CloneStandby")).isFalse();
    }

    @Test
    void whatIsBehindSomethingThatCannotBeEnteredIsNotAbsent() throws IOException {
        assertThat(directory.isThere()).isFalse();
        Path file = Files.writeString(temp.resolve("file"), "");
        DataDirectory behind =
                new DataDirectory(file.resolve("pg"), Optional.empty(), new InstanceFiles(temp.resolve("other")));

        assertThatThrownBy(behind::isThere)
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("could not look at " + file.resolve("pg"));
        assertThatThrownBy(() -> DataDirectory.isStandby(file)).isInstanceOf(OperationFailed.class);
    }

    @Test
    void emptiedDirectoryIsNoInstallationOfOurs() throws IOException {
        stageInstance();
        directory.install();
        Directories.deleteTree(data.resolve("pg_wal"));
        Files.delete(data.resolve("PG_VERSION"));

        assertThat(newDirectory().wasInstalledBy("InitPrimary")).isFalse();
        assertThat(newDirectory().hasVanished()).isFalse();
    }

    @Test
    void directoryThatIsNotThereAnyMoreHasVanished() throws IOException {
        assertThat(directory.hasVanished()).isFalse();
        stageInstance();
        directory.install();
        assertThat(newDirectory().hasVanished()).isFalse();

        Files.move(data, data.resolveSibling("elsewhere"));

        assertThat(newDirectory().hasVanished()).isTrue();
    }

    @Test
    void whatSomebodyElseMadeIsKnownAndMissedOnceItIsAdopted() throws IOException {
        directory.adopt("WriteSettings");
        assertThat(files.mark().read()).as("there is nothing").isEmpty();
        Files.createDirectories(wal);
        Files.createDirectories(data);
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        assertThat(newDirectory().isInstalled()).isFalse();

        newDirectory().adopt("WriteSettings");

        assertThat(newDirectory().isInstalled()).isTrue();
        assertThat(newDirectory().wasInstalledBy("CloneStandby")).isFalse();
        newDirectory().settle();
        assertThat(data.resolve("PG_VERSION")).as("never removed").exists();
        Files.move(data, data.resolveSibling("elsewhere"));
        assertThat(newDirectory().hasVanished()).isTrue();
    }

    @Test
    void whatWasInstalledStaysOnRecordAsThat() throws IOException {
        stageInstance();
        directory.install();

        newDirectory().adopt("WriteSettings");

        assertThat(newDirectory().wasInstalledBy("InitPrimary")).isTrue();
    }

    @Test
    void emptyDirectoriesThatAreThereAlreadyAreReplaced() throws IOException {
        Files.createDirectory(data);
        Files.createDirectory(wal);

        directory.requireVacant();
        stageInstance();
        directory.install();

        assertThat(directory.holdsInstance()).isTrue();
    }

    @Test
    void directoryWithSomethingInItIsRefused() throws IOException {
        Files.createDirectory(data);
        Files.writeString(data.resolve("notes.txt"), "mine");

        assertThatThrownBy(directory::requireVacant)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().summary())
                                .isEqualTo("the data directory " + data + " is not empty"));
    }

    @Test
    void halfMadeStagingOfOursIsRemoved() throws IOException {
        stageInstance();

        newDirectory().settle();

        assertThat(directory.staging()).doesNotExist();
        assertThat(directory.walStaging().orElseThrow()).doesNotExist();
        assertThat(files.mark().read()).isEmpty();
    }

    @Test
    void programThatStillFillsTheStagingIsEndedFirst() throws IOException {
        stageInstance();
        Process orphan =
                new ProcessBuilder("/bin/sh", "-c", "sleep 600; true", "sh", "--pgdata=" + directory.staging()).start();
        try {
            newDirectory().settle();

            assertThat(ProcessIdentity.of(orphan.pid())).isEmpty();
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void stagingOfSomebodyElseIsNeverTouched() throws IOException {
        Files.createDirectory(directory.staging());
        Files.writeString(directory.staging().resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> directory.stage("InitPrimary"))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("SYSTEM-006"));
        assertThat(directory.staging().resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void stagingThatSomebodyElsePutInOurPlaceIsNeverTouched() throws IOException {
        stageInstance();
        Files.move(directory.staging(), temp.resolve("moved"));
        Files.createDirectory(directory.staging());
        Files.writeString(directory.staging().resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> newDirectory().settle())
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("SYSTEM-006"));
        assertThat(directory.staging().resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void linkInTheStagingIsRemovedAndWhatItLeadsToIsNot() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("notes.txt"), "mine");
        stageInstance();
        Files.createSymbolicLink(directory.staging().resolve("link"), outside);

        directory.discard();

        assertThat(directory.staging()).doesNotExist();
        assertThat(outside.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void interruptedAfterTheWalWasMovedIsCompleted() throws IOException {
        stageInstance();
        String mark = files.mark().read().orElseThrow();
        files.mark().write(mark.replace("phase=staging", "phase=installing"));
        Files.move(directory.walStaging().orElseThrow(), wal);

        newDirectory().settle();

        assertThat(newDirectory().wasInstalledBy("InitPrimary")).isTrue();
        assertThat(data.resolve("pg_wal/000000010000000000000001")).exists();
    }

    @Test
    void interruptedAfterEverythingWasMovedIsCompleted() throws IOException {
        stageInstance();
        directory.install();
        String mark = files.mark().read().orElseThrow();
        files.mark().write(mark.replace("phase=installed", "phase=installing"));

        newDirectory().settle();

        assertThat(newDirectory().wasInstalledBy("InitPrimary")).isTrue();
    }

    @Test
    void interruptedAndThenLostIsVanishedAndNotMoved() throws IOException {
        stageInstance();
        String mark = files.mark().read().orElseThrow();
        files.mark().write(mark.replace("phase=staging", "phase=installing"));
        assertThat(newDirectory().hasVanished()).as("while it is staged").isFalse();
        Files.move(directory.staging(), temp.resolve("not mounted any more"));

        newDirectory().settle();

        assertThat(newDirectory().hasVanished()).isTrue();
        assertThat(data).doesNotExist();
    }

    @Test
    void installedInstanceIsNeverDiscarded() throws IOException {
        stageInstance();
        directory.install();

        newDirectory().discard();
        newDirectory().settle();

        assertThat(directory.holdsInstance()).isTrue();
    }

    @Test
    void instanceThatReplacedOursIsNotOurs() throws IOException {
        stageInstance();
        directory.install();
        Files.move(data, temp.resolve("moved"));
        Files.createDirectory(data);

        assertThat(newDirectory().wasInstalledBy("InitPrimary")).isFalse();
    }

    @Test
    void afterABootOursIsKnownAlsoIfItsDeviceHasAnotherNumber() throws IOException {
        stageInstance();
        directory.install();
        assertThat(files.mark().read().orElseThrow()).contains("data=" + Files.getAttribute(data, "unix:ino") + "\n");

        recordWithDevice(4711);

        assertThat(newDirectory().wasInstalledBy("InitPrimary")).isTrue();
        assertThat(newDirectory().hasVanished()).isFalse();
    }

    @Test
    void afterABootOursIsRemovedAlsoIfItsDeviceHasAnotherNumber() throws IOException {
        stageInstance();
        recordWithDevice(4711);

        newDirectory().settle();

        assertThat(directory.staging()).doesNotExist();
        assertThat(directory.walStaging().orElseThrow()).doesNotExist();
    }

    /** As earlier agents wrote it. */
    private void recordWithDevice(int device) {
        files.mark()
                .write(files.mark()
                        .read()
                        .orElseThrow()
                        .replaceAll("(?m)^(data|wal)=(?:\\d+:|\\d+\\\\:)?(\\d+)$", "$1=" + device + "\\\\:$2"));
        assertThat(files.mark().read().orElseThrow()).contains("data=" + device + "\\:");
    }

    @Test
    void nestedDirectoriesAreRefused() {
        assertThatThrownBy(() -> new DataDirectory(data, Optional.of(data.resolve("wal")), files))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("SYSTEM-008"));
    }

    private DataDirectory newDirectory() {
        return new DataDirectory(data, Optional.of(wal), files);
    }

    /** What initdb would leave. */
    private void stageInstance() throws IOException {
        directory.stage("InitPrimary");
        Path walStaging = directory.walStaging().orElseThrow();
        Files.writeString(directory.staging().resolve("PG_VERSION"), "15\n");
        Files.createSymbolicLink(directory.staging().resolve("pg_wal"), walStaging);
        Files.writeString(walStaging.resolve("000000010000000000000001"), "wal");
    }
}
