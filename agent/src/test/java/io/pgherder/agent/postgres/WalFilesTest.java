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
        ByteBuffer file = segment("2/300000", "2/302000");
        // From the file's former life.
        file.putLong(2 * PAGE + 8, WalFiles.position("1/904000"));
        write("000000070000000200000003", file);

        assertThat(wal("2/300028").reaches(WalFiles.position("2/301000"))).isTrue();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/304000")))
                .as("just the end of the second page")
                .isTrue();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/304001"))).isFalse();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/306000")))
                .as("the end of a page that was never written")
                .isFalse();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/400000")))
                .as("the end of a file that was begun")
                .isFalse();
    }

    @Test
    void aFileThatWasLeftByASwitchReachesItsEnd() throws IOException {
        ByteBuffer file = segment("2/300000", "2/302000");
        putSwitchRecord(file, PAGE + 512);
        write("000000070000000200000003", file);

        assertThat(wal("2/300028").reaches(WalFiles.position("2/400000"))).isTrue();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/400001"))).isFalse();

        file.put(2 * PAGE + 100, (byte) 1);
        write("000000070000000200000003", file);
        assertThat(wal("2/300028").reaches(WalFiles.position("2/400000")))
                .as("something comes after it")
                .isFalse();
    }

    @Test
    void beforeThePromotionItsFilesAreThoseOfTheEarlierTimeline() throws IOException {
        write("000000070000000200000003", segment("2/300000"));
        write("000000070000000200000004", segment("2/400000"));
        write("000000070000000200000005", segment("2/500000"));
        WalFiles promoted = new WalFiles(directory, 8, 7, SEGMENT, PAGE, WalFiles.position("2/300028"));
        assertThat(promoted.reaches(WalFiles.position("2/301000")))
                .as("of the new one there is no file at all")
                .isFalse();

        write("000000080000000200000004", segment("2/400000"));
        assertThat(promoted.reaches(WalFiles.position("2/301000"))).isTrue();
        assertThat(promoted.reaches(WalFiles.position("2/401000"))).isTrue();
        assertThat(promoted.reaches(WalFiles.position("2/501000")))
                .as("written on the earlier one, after the promotion")
                .isFalse();
    }

    @Test
    void aFileThatIsTooShortReachesNothing() throws IOException {
        Files.write(directory.resolve("000000070000000200000003"), new byte[PAGE + 100]);

        assertThat(wal("2/300028").reaches(WalFiles.position("2/302100"))).isFalse();
        assertThat(wal("2/300028").reaches(WalFiles.position("2/400000"))).isFalse();
    }

    /** A file whose first pages begin with these positions. */
    private static ByteBuffer segment(String... pages) {
        ByteBuffer file = ByteBuffer.allocate(SEGMENT).order(ByteOrder.nativeOrder());
        for (int page = 0; page < pages.length; page++) {
            file.putLong(page * PAGE + 8, WalFiles.position(pages[page]));
        }
        return file;
    }

    /** Total length, and the info of XLOG_SWITCH; the checksum is not looked at, and is never zero. */
    private static void putSwitchRecord(ByteBuffer file, int at) {
        file.putInt(at, 24);
        file.put(at + 16, (byte) 0x40);
        file.putInt(at + 20, 0x12345678);
    }

    private void write(String name, ByteBuffer content) throws IOException {
        byte[] bytes = new byte[SEGMENT];
        content.get(0, bytes);
        Files.write(directory.resolve(name), bytes);
    }

    private WalFiles wal(String checkpoint) {
        return new WalFiles(directory, 7, 7, SEGMENT, PAGE, WalFiles.position(checkpoint));
    }
}
