package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class AtomicFileTest {
    @TempDir
    Path temp;

    @Test
    void newFileCanBeReadByTheAccountAlone() throws IOException {
        AtomicFile file = new AtomicFile(temp.resolve("passfile"));

        file.write("secret\n");

        assertThat(file.read()).contains("secret\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
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
    void sameTextIsNotWrittenAgain() {
        AtomicFile file = new AtomicFile(temp.resolve("a"));

        assertThat(file.writeIfChanged("x")).isTrue();
        assertThat(file.writeIfChanged("x")).isFalse();
        assertThat(file.writeIfChanged("y")).isTrue();
    }
}
