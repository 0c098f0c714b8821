package io.pgherder.agent.postgres;

import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A recovery comes forward by WAL files, and by work where it names none. */
class RecoveryProgressTest {
    private final RecoveryProgress progress = new RecoveryProgress();
    private long moves;

    @Test
    void aCrashRecoveryIsForwardInEachOfItsParts() {
        assertThat(moves("", 10)).as("begins").isFalse();
        assertThat(moves("", 11)).as("syncs the data directory").isTrue();
        assertThat(moves("000000010000000000000003", 12)).as("replays").isTrue();
        assertThat(moves("000000010000000000000004", 13)).as("replays on").isTrue();
        assertThat(moves("", 14)).as("writes a checkpoint in the end").isTrue();
        assertThat(moves("", 15)).as("writes on").isTrue();
    }

    @Test
    void oneThatWaitsIsNot() {
        moves("000000010000000000000003", 10);

        assertThat(moves("000000010000000000000003", 20)).as("at the same file").isFalse();
        assertThat(moves("000000010000000000000002", 30))
                .as("at an earlier file")
                .isFalse();
        assertThat(moves("", 30)).as("names none, and did nothing since").isFalse();
        assertThat(moves("000000010000000000000003", 40))
                .as("where it was before")
                .isFalse();
    }

    private boolean moves(String walFile, long work) {
        long before = moves;
        moves = progress.movesAt(new RecoveryPoint(Optional.of(walFile).filter(file -> !file.isEmpty()), work));
        return moves > before;
    }
}
