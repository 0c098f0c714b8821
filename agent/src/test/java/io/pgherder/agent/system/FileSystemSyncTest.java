package io.pgherder.agent.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileSystemSyncTest {
    private static final List<Path> DIRECTORIES = List.of(Path.of("/d/pg.staging"), Path.of("/w/pg.staging"));
    private static final CommandListener NOBODY = new CommandListener() {};

    @Test
    void onlyLinuxThatReportsWhatCouldNotBeWrittenIsTrusted() {
        assertThat(FileSystemSync.isReliable("Linux", "5.8.0")).isTrue();
        assertThat(FileSystemSync.isReliable("Linux", "6.1.0-40-amd64")).isTrue();
        assertThat(FileSystemSync.isReliable("Linux", "5.7.19")).isFalse();
        assertThat(FileSystemSync.isReliable("Linux", "4.18.0-553.el8_10.x86_64"))
                .isFalse();
        assertThat(FileSystemSync.isReliable("FreeBSD", "14.1-RELEASE")).isFalse();
        assertThat(FileSystemSync.isReliable("Linux", "unknown")).isFalse();
    }

    @Test
    void allDirectoriesInOneCommand() {
        List<String> arguments = new ArrayList<>();

        run((command, listener, cancellation) -> {
            arguments.addAll(command.arguments());
            return new CommandResult(0, false, "", List.of());
        });

        assertThat(arguments.get(0)).endsWith("/sync");
        assertThat(arguments.subList(1, arguments.size()))
                .containsExactly("--file-system", "/d/pg.staging", "/w/pg.staging");
    }

    @Test
    void whatCouldNotBeWrittenIsAFailure() {
        assertThatThrownBy(() -> run((command, listener, cancellation) -> new CommandResult(
                        1, false, "", List.of("sync: error syncing '/d/pg.staging': Input/output error"))))
                .hasMessage("SYSTEM-010 could not bring to disk what was written below /d");
    }

    private static void run(CommandRunner runner) {
        new FileSystemSync(runner).run(DIRECTORIES, NOBODY, new Cancellation());
    }
}
