package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class AtomicFileTest {
    @TempDir
    Path temp;

    /** As of one that a script has filled by mistake: whoever read it whole would end for want of memory. */
    @Test
    void whatIsLargerThanAnybodyWritesItIsNotRead() throws IOException {
        Path large = temp.resolve("pgherder.conf");
        try (FileChannel channel = FileChannel.open(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), RegularFile.LARGEST);
        }

        assertThatThrownBy(() -> new AtomicFile(large).read())
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .containsExactly(large + ": has more than 32 MB, and is not read"));
    }

    @Test
    void newFileCanBeReadByTheAccountAlone() throws IOException {
        AtomicFile file = new AtomicFile(temp.resolve("passfile"));

        file.write("secret\n");

        assertThat(file.read()).contains("secret\n");
        assertThat(modeOf(file.path())).isEqualTo("rw-------");
    }

    @Test
    void replacingLeavesNothingBehindAlsoAfterAnInterruptedWrite() throws IOException {
        AtomicFile file = new AtomicFile(temp.resolve("a.conf"));
        file.write("old");
        Files.writeString(temp.resolve("a.conf.pgherder-new"), "half");

        file.write("new");

        assertThat(file.read()).contains("new");
        try (Stream<Path> all = Files.list(temp)) {
            assertThat(all).containsExactly(file.path());
        }
    }

    @Test
    void symbolicLinkIsNotFollowed() throws IOException {
        Path target = Files.writeString(temp.resolve("target"), "untouched");
        Files.createSymbolicLink(temp.resolve("link"), target);

        assertThatThrownBy(() -> new AtomicFile(temp.resolve("link")).write("x"))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("SYSTEM-004"));
        assertThat(target).hasContent("untouched");
    }

    @Test
    @Timeout(10)
    void whatIsNoRegularFileIsRefusedAtOnce() throws Exception {
        Path fifo = temp.resolve("pg_hba.conf");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(temp.resolve("link"), fifo);

        assertRefused(fifo, fifo + ": is a FIFO, no regular file");
        assertRefused(link, link + ": is a FIFO, no regular file");
        assertRefused(Path.of("/dev/zero"), "/dev/zero: is a device, no regular file");
        assertRefused(temp, temp + ": is a directory, no regular file");
    }

    @Test
    void aLinkToAFileIsFollowed() throws IOException {
        Path target = Files.writeString(temp.resolve("target"), "text");

        assertThat(new AtomicFile(Files.createSymbolicLink(temp.resolve("link"), target)).read())
                .contains("text");
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> new AtomicFile(file).read()).isInstanceOfSatisfying(OperationFailed.class, failed -> {
            assertThat(failed.problem().summary()).isEqualTo("could not read " + file);
            assertThat(failed.problem().details()).containsExactly(why);
            assertThat(failed.problem().hint())
                    .isEqualTo("what put it there? A file belongs in its place: ls -ld " + file);
        });
    }

    @Test
    void everyByteComesBackInWhateverEncodingItIs() throws IOException {
        byte[] every = new byte[256 * 256 * 2];
        for (int i = 0; i < every.length; i += 2) {
            every[i] = (byte) (i >> 9);
            every[i + 1] = (byte) (i >> 1);
        }
        Files.write(temp.resolve("a.conf"), every);
        AtomicFile file = new AtomicFile(temp.resolve("a.conf"));

        file.write(file.read().orElseThrow());

        assertThat(file.path()).hasBinaryContent(every);
    }

    @Test
    void whatIsAddedToALineInAnotherEncodingIsUtf8() throws IOException {
        Path path = temp.resolve("a.conf");
        Files.write(path, "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        AtomicFile file = new AtomicFile(path);

        file.write(file.read().orElseThrow() + "# \u20ac \ud83d\udc18\n");

        assertThat(Files.readAllBytes(path))
                .startsWith("# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1))
                .endsWith("# \u20ac \ud83d\udc18\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fileOfADataDirectoryStaysReadableByWhoeverCouldReadIt() throws IOException {
        Path path = Files.writeString(temp.resolve("pg_hba.conf"), "old");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

        new AtomicFile(path).sharedAsBefore().write("new");

        assertThat(modeOf(path)).isEqualTo("rw-r-----");
    }

    @Test
    void newFileOfADataDirectoryCanBeReadByWhoeverMayReadTheDirectory() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-x---"));
        new AtomicFile(temp.resolve("with group access")).sharedAsBefore().write("");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
        new AtomicFile(temp.resolve("without")).sharedAsBefore().write("");

        assertThat(modeOf(temp.resolve("with group access"))).isEqualTo("rw-r-----");
        assertThat(modeOf(temp.resolve("without"))).isEqualTo("rw-------");
    }

    @Test
    void sameTextIsNotWrittenAgain() {
        AtomicFile file = new AtomicFile(temp.resolve("a"));

        assertThat(file.writeIfChanged("x")).isTrue();
        assertThat(file.writeIfChanged("x")).isFalse();
        assertThat(file.writeIfChanged("y")).isTrue();
    }

    private static String modeOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
