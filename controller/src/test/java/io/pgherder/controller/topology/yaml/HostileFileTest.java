package io.pgherder.controller.topology.yaml;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Files that are not text, not files, or far too much. */
class HostileFileTest {
    @TempDir
    private Path directory;

    @Test
    @Timeout(10)
    void hundredMegabytesAreRefusedUnread() throws IOException {
        Path huge = directory.resolve("huge.yaml");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(100L * 1024 * 1024);
        }

        assertThat(new OrdersFile(directory).refusal(huge)).isEqualTo("""
                        Error: huge.yaml is too large for a topology  [TOPOLOGY-002]

                          it has 104,857,600 bytes; 1,048,576 are accepted, and it was not read
                          Hint: is this the right file?
                        """);
    }

    @Test
    void latin1IsNotUtf8() throws IOException {
        Path latin1 = Files.write(
                directory.resolve("latin1.yaml"), "cluster: orders\n# für\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new OrdersFile(directory).refusal(latin1)).isEqualTo("""
                        Error: latin1.yaml is not UTF-8 text  [TOPOLOGY-003]

                          latin1.yaml:2:4
                          byte 0xFC at offset 19
                          Hint: was the file saved as Latin-1? Try: iconv -f LATIN1 -t UTF-8 latin1.yaml
                        """);
    }

    @Test
    void utf16IsNotUtf8() throws IOException {
        Path utf16 =
                Files.write(directory.resolve("utf16.yaml"), "cluster: orders\n".getBytes(StandardCharsets.UTF_16));

        assertThat(new OrdersFile(directory).refusal(utf16)).isEqualTo("""
                        Error: utf16.yaml is not UTF-8 text  [TOPOLOGY-003]

                          utf16.yaml:1:1
                          byte 0xFE at offset 0
                          Hint: the file looks like UTF-16; save it as UTF-8
                        """);
    }

    @Test
    void characterThatIsCutOffAtTheEnd() throws IOException {
        Path cut = Files.write(directory.resolve("cut.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE2, (byte) 0x82});

        assertThat(new OrdersFile(directory).refusal(cut)).contains("byte 0xE2 at offset 3");
    }

    @Test
    void deviceIsNoTopology() {
        assertThat(new OrdersFile(directory).refusal(Path.of("/dev/zero"))).isEqualTo("""
                        Error: /dev/zero is not a regular file  [TOPOLOGY-001]

                          Hint: copy it into one
                        """);
    }

    @Test
    void fileThatThisAccountMayNotRead() throws IOException {
        Path closed = Files.writeString(directory.resolve("closed.yaml"), "cluster: orders\n");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(closed), "root may read everything");

        assertThat(new OrdersFile(directory).refusal(closed)).isEqualTo("""
                        Error: could not open closed.yaml: this account may not read it  [TOPOLOGY-001]

                          Hint: ls -l closed.yaml
                        """);
    }

    @Test
    void escapesOfTheTerminalDoNotReachIt() {
        String refusal = new OrdersFile(directory)
                .with("primary: pg1", "primary: \"pg1\\e[2J\"")
                .refusal();

        assertThat(refusal)
                .startsWith("Error: \"pg1\ufffd[2J\" is not a node name")
                .doesNotContain("\u001b");
    }
}
