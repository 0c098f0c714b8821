package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the names of WAL files tell of timelines. */
final class WalTimelinesTest {
    @TempDir
    Path dataDir;

    @Test
    void theLatestOfWhichThereIsWalCountsAndNoHistoryFile() throws IOException {
        wal(
                "000000030000000000000012",
                "00000004000000000000001B",
                "00000004.history",
                "00000005.history",
                "archive_status");

        assertThat(new WalTimelines(dataDir).latest()).isEqualTo(4);
    }

    @Test
    void whatIsOnlyHalfAFileOfAnotherKindIsNone() throws IOException {
        wal("00000009000000000000001B.partial", "00000008000000000000001B.00000028.backup", "xlogtemp.4711");

        assertThat(new WalTimelines(dataDir).latest()).isZero();
    }

    @Test
    void whereThereIsNoWalNothingIsKnown() {
        assertThat(new WalTimelines(dataDir).latest()).isZero();
    }

    @Test
    void oneLookReadsTheDirectoryOnce() throws IOException {
        WalTimelines timelines = new WalTimelines(dataDir);
        assertThat(timelines.latest()).isZero();
        wal("000000030000000000000012");

        assertThat(timelines.latest()).isZero();
        assertThat(new WalTimelines(dataDir).latest()).isEqualTo(3);
    }

    private void wal(String... names) throws IOException {
        Path directory = Files.createDirectory(dataDir.resolve("pg_wal"));
        for (String name : names) {
            Files.createFile(directory.resolve(name));
        }
    }
}
