package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileSystemSyncTest {
    private static final List<Path> ONE = List.of(Path.of("/d/pg.staging"), Path.of("/w/pg.staging"));
    private static final List<Path> OTHER = List.of(Path.of("/d/other.staging"));
    private static final CommandListener NOBODY = new CommandListener() {};
    private static final CommandResult DONE = new CommandResult(0, false, "", List.of());
    private static final CommandResult FAILED =
            new CommandResult(1, false, "", List.of("sync: error syncing '/d/pg.staging': Input/output error"));

    private final Cancellation nobodyCancels = new Cancellation();
    private final List<List<String>> ran = new ArrayList<>();
    private CommandResult result = DONE;
    private CommandResult ofItsFiles = DONE;
    private int askedFileByFile;

    private final CommandRunner runner = (command, listener, cancellation) -> {
        ran.add(command.arguments());
        return result;
    };

    @Test
    void onlyLinuxThatReportsWhatCouldNotBeWrittenIsTrusted() {
        assertThat(FileSystemSync.reports("Linux", "5.8.0")).isTrue();
        assertThat(FileSystemSync.reports("Linux", "6.1.0-40-amd64")).isTrue();
        assertThat(FileSystemSync.reports("Linux", "5.7.19")).isFalse();
        assertThat(FileSystemSync.reports("Linux", "4.18.0-553.el8_10.x86_64")).isFalse();
        assertThat(FileSystemSync.reports("FreeBSD", "14.1-RELEASE")).isFalse();
        assertThat(FileSystemSync.reports("Linux", "unknown")).isFalse();
    }

    @Test
    void eachFileSystemIsSyncedOnceAfterATrialWithoutADisk() {
        FileSystemSync.Promise two = sync().promise(ONE, NOBODY, nobodyCancels);
        FileSystemSync.Promise shared =
                new FileSystemSync(runner, path -> Optional.of("the same")).promise(ONE, NOBODY, nobodyCancels);
        two.keep(NOBODY, nobodyCancels, this::fileByFile);
        shared.keep(NOBODY, nobodyCancels, this::fileByFile);

        List<String> trial = List.of("sync", "-f", "/proc");
        assertThat(two.isOurs()).isTrue();
        assertThat(ran)
                .containsExactly(
                        trial,
                        trial,
                        List.of("sync", "-f", "/d/pg.staging", "/w/pg.staging"),
                        List.of("sync", "-f", "/d/pg.staging"));
    }

    @Test
    void whereOneFileSystemIsNotTrustedWhoeverWritesSyncs() {
        FileSystemSync sync =
                new FileSystemSync(runner, path -> Optional.of(path).filter(it -> it.startsWith("/d")));

        FileSystemSync.Promise promise = sync.promise(ONE, NOBODY, nobodyCancels);
        promise.keep(NOBODY, nobodyCancels, this::fileByFile);

        assertThat(promise.isOurs()).isFalse();
        assertThat(ran).isEmpty();
    }

    @Test
    void whereTheProgramFailsOrIsMissingWhoeverWritesSyncs() {
        CommandRunner noProgram = (command, listener, cancellation) -> {
            throw SystemProblem.CANNOT_START_PROGRAM
                    .summary("could not start sync")
                    .failure();
        };
        result = FAILED;

        assertThat(sync().promise(ONE, NOBODY, nobodyCancels).isOurs()).isFalse();
        assertThat(new FileSystemSync(noProgram, Optional::of)
                        .promise(ONE, NOBODY, nobodyCancels)
                        .isOurs())
                .isFalse();
    }

    @Test
    void whatAFileSystemDidNotSayOfWhomIsAskedFileByFileByEverybodyWhoIsWriting() {
        FileSystemSync sync = sync();
        FileSystemSync.Promise one = sync.promise(ONE, NOBODY, nobodyCancels);
        FileSystemSync.Promise other = sync.promise(OTHER, NOBODY, nobodyCancels);

        result = FAILED;
        one.keep(NOBODY, nobodyCancels, this::fileByFile);
        assertThat(askedFileByFile).isEqualTo(1);
        result = DONE;
        ofItsFiles = FAILED;
        assertThatThrownBy(() -> other.keep(NOBODY, nobodyCancels, this::fileByFile))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("SYSTEM-010 could not bring to disk what was written to /d/other.staging");
        assertThat(askedFileByFile).isEqualTo(2);

        sync.promise(OTHER, NOBODY, nobodyCancels).keep(NOBODY, nobodyCancels, this::fileByFile);
        assertThat(askedFileByFile).as("of what is written afterwards").isEqualTo(2);
    }

    private CommandResult fileByFile() {
        askedFileByFile++;
        return ofItsFiles;
    }

    private FileSystemSync sync() {
        return new FileSystemSync(runner, Optional::of);
    }
}
