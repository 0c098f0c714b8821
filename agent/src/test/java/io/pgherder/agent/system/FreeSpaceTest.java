package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FreeSpaceTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryThatIsNotThereYetHasTheRoomOfTheOneItWillBeIn() {
        assertThat(FreeSpace.bytesAt(directory.resolve("pg/pg_root1921"))).isPositive();
    }

    @Test
    void aFileSystemWithoutASizeIsUnknownAndNotFull() {
        assertThatThrownBy(() -> FreeSpace.bytesAt(Path.of("/proc/nothing/here")))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().summary())
                            .isEqualTo("could not find out how much space is free at /proc");
                    assertThat(failed.problem().details())
                            .containsExactly("the system gives no size of its file system");
                });
    }
}
