package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class AllowedRootsTest {
    @TempDir
    Path temp;

    private Path root = Path.of("/");

    @BeforeEach
    void makeRoot() throws IOException {
        temp = temp.toRealPath();
        root = Files.createDirectory(temp.resolve("root"));
    }

    @Test
    void pathBelowARootIsAllowedAlsoIfItIsNotThereYet() {
        assertThat(roots().check(root + "/pg/pg_root1921")).isEqualTo(root.resolve("pg/pg_root1921"));
    }

    @Test
    void pathElsewhereIsRefusedWithTheRoots() {
        assertThatThrownBy(() -> roots().check(temp + "/elsewhere"))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().code()).isEqualTo("SYSTEM-002");
                    assertThat(failed.problem().summary()).isEqualTo("this agent may not touch " + temp + "/elsewhere");
                    assertThat(failed.problem().details()).containsExactly("allowed: below " + root);
                });
    }

    @Test
    void aRootItselfAndItsNamesakeAreRefused() {
        assertRefused(root.toString(), "SYSTEM-002");
        assertRefused(root + "2/x", "SYSTEM-002");
    }

    @Test
    void dotDotIsRefusedEvenIfItStaysInside() {
        assertRefused(root + "/a/../b", "SYSTEM-009");
        assertRefused(root + "/../elsewhere", "SYSTEM-009");
    }

    @Test
    void linkThatLeadsOutIsRefused() throws IOException {
        Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("link"), temp.resolve("elsewhere"));

        assertRefused(root + "/link/pg", "SYSTEM-002");
        assertRefused(root + "/link", "SYSTEM-002");
    }

    @Test
    void linkThatLeadsNowhereIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("dangling"), temp.resolve("elsewhere"));

        assertRefused(root + "/dangling/pg", "SYSTEM-003");
    }

    @Test
    void linksThatLeadInACircleAreSaidToDoSo() throws IOException {
        Path loop = root.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertThatThrownBy(() -> roots().check(loop + "/pg")).isInstanceOfSatisfying(OperationFailed.class, failed -> {
            assertThat(failed.problem().summary()).isEqualTo("could not find out where " + loop + "/pg leads");
            assertThat(failed.problem().details()).containsExactly(loop + ": too many levels of symbolic links");
            assertThat(failed.problem().hint()).isEqualTo("where should the symbolic link lead? Mend it, or remove it");
        });
    }

    @Test
    void linkThatStaysInsideIsFollowed() throws IOException {
        Files.createDirectory(root.resolve("disk2"));
        Files.createSymbolicLink(root.resolve("pg"), root.resolve("disk2"));

        assertThat(roots().check(root + "/pg/data")).isEqualTo(root.resolve("disk2/data"));
    }

    @Test
    void relativePathsAndControlCharactersAreRefused() {
        assertRefused("pg/data", "SYSTEM-009");
        assertRefused(root + "/a\nb", "SYSTEM-009");
        assertRefused(root + "/a\0b", "SYSTEM-009");
    }

    @Test
    void whatTheShellOfPgCtlWouldReadIsRefused() throws IOException {
        for (String name : List.of("a$HOME", "a`id`", "a\"b", "a\\b")) {
            assertRefused(root + "/" + name, "SYSTEM-009");
        }
        Files.createDirectory(root.resolve("y$(id)"));
        Files.createSymbolicLink(root.resolve("innocent"), root.resolve("y$(id)"));

        assertRefused(root + "/innocent/pg", "SYSTEM-009");
        assertThat(roots().check(root + "/a b'c;d")).isEqualTo(root.resolve("a b'c;d"));
    }

    private AllowedRoots roots() {
        return new AllowedRoots(List.of(root));
    }

    private void assertRefused(String path, String code) {
        assertThatThrownBy(() -> roots().check(path))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(code));
    }
}
