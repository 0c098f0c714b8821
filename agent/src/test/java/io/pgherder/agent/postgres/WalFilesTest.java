package io.pgherder.agent.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WalFilesTest {
    private static final int SEGMENT = 1 << 20;
    private static final int PAGE = 8192;

    @TempDir
    private Path directory;

    @Test
    void whatComesBeforeTheLatestCheckpointWasWrittenAlthoughItsFileIsGone() {
        assertThat(wal("2/300028").reaches(WalFiles.position("2/300028"))).isTrue();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/300029"))).isFalse();
    }

    @Test
    void aPageIsWrittenIfItBeginsWithItsOwnPosition() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(SEGMENT).order(ByteOrder.nativeOrder());
        file.putLong(8, WalFiles.position("2/300000"));
        file.putLong(PAGE + 8, WalFiles.position("2/302000"));
        // From the file's former life.
        file.putLong(2 * PAGE + 8, WalFiles.position("1/904000"));
        Files.write(directory.resolve("000000070000000200000003"), file.array());

        assertThat(wal("2/300028").reaches(WalFiles.position("2/301000"))).isTrue();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/304000")))
                .as("just the end of the second page")
                .isTrue();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/400000")))
                .as("the end of a file that was left before, which is zeros from there on")
                .isTrue();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/304001"))).isFalse();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/306001")))
                .as("never used")
                .isFalse();
    }

    @Test
    void aFileThatIsTooShortReachesNothing() throws IOException {
        Files.write(directory.resolve("000000070000000200000003"), new byte[PAGE]);

        assertThat(wal("2/300028").reaches(WalFiles.position("2/302100"))).isFalse();
    }

    private WalFiles wal(String checkpoint) {
        return new WalFiles(directory, 7, SEGMENT, PAGE, WalFiles.position(checkpoint));
    }
}
