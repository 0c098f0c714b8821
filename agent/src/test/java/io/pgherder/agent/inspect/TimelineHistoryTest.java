package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the timelines of the past ended. */
class TimelineHistoryTest {
    private final Path dataDir;

    TimelineHistoryTest(@TempDir Path dataDir) throws IOException {
        this.dataDir = dataDir;
        Files.createDirectory(dataDir.resolve("pg_wal"));
    }

    @Test
    void asPromotionsWriteIt() throws IOException {
        Files.writeString(
                dataDir.resolve("pg_wal/0000000B.history"),
                "# a comment\n\n1\t0/3000148\tno recovery target specified\n10\tA/5F2A1C8\tat restore point \"before\"\n");

        assertThat(TimelineHistory.of(dataDir, 11))
                .containsExactly(new TimelineEnd(1, "0/3000148"), new TimelineEnd(10, "A/5F2A1C8"));
    }

    @Test
    void theFirstTimelineHasNone() {
        assertThat(TimelineHistory.of(dataDir, 1)).isEmpty();
    }
}
