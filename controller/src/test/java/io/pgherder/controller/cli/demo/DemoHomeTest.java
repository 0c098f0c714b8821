package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DemoHomeTest {
    private final Account me = new Account(System.getProperty("user.name"), "nobody asks", false);

    @TempDir
    Path directory;

    @Test
    void aNewHomeSaysWhoMadeItAndKeepsItsSecretsClosed() throws IOException {
        DemoHome home = new DemoHome(directory.resolve("demo"));

        home.prepare(me);

        assertThat(home.isMarked()).isTrue();
        assertThat(mode(home.root())).isEqualTo("rwxr-xr-x");
        assertThat(mode(home.tls())).isEqualTo("rwx------");
        assertThat(mode(home.dataRoot())).isEqualTo("rwx------");
        assertThat(mode(home.root().resolve("secrets/rep.password"))).isEqualTo("rw-------");
    }

    @Test
    void preparingTwiceKeepsThePassword() throws IOException {
        DemoHome home = new DemoHome(directory.resolve("demo"));
        home.prepare(me);
        String password = Files.readString(home.root().resolve("secrets/rep.password"));

        home.prepare(me);

        assertThat(home.root().resolve("secrets/rep.password")).hasContent(password.strip());
        assertThat(password.strip()).hasSize(24);
    }

    @Test
    void aHomeThatWasInterruptedBeforeItWasMarkedIsTaken() throws IOException {
        DemoHome home = new DemoHome(Files.createDirectory(directory.resolve("demo")));

        home.prepare(me);

        assertThat(home.isMarked()).isTrue();
    }

    @Test
    void aHomeOfWhichOnlyTheLockIsLeftIsTaken() throws IOException {
        DemoHome home = new DemoHome(Files.createDirectory(directory.resolve("demo")));
        Files.createFile(home.lock());

        home.prepare(me);

        assertThat(home.isMarked()).isTrue();
    }

    @Test
    void aDirectoryWithSomebodysFilesIsLeftAlone() throws IOException {
        DemoHome home = new DemoHome(Files.createDirectory(directory.resolve("demo")));
        Path theirs = Files.writeString(home.root().resolve("thesis.tex"), "chapter one");

        assertThatThrownBy(() -> home.prepare(me))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("DEMO-002 cannot use " + home.root() + " for the demo");
        assertThat(theirs).hasContent("chapter one");
    }

    @Test
    void aPlaceThatIsMissingIsSaidWithWhatToDo() {
        DemoHome home = new DemoHome(directory.resolve("missing/demo"));

        ProblemsException failure = catchThrowableOfType(ProblemsException.class, () -> home.prepare(me));

        assertThat(new ProblemText(Ink.PLAIN).render(failure.problems())).isEqualTo("""
                Error: could not prepare the demo in %1$s  [DEMO-003]

                  java.nio.file.NoSuchFileException: %1$s
                  Hint: is there room, and may you write there? then run the same command again
                """.formatted(home.root()));
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxr-x--x"));
        DemoHome home = new DemoHome(Files.createSymbolicLink(directory.resolve("demo"), elsewhere));

        assertThatThrownBy(() -> home.prepare(me)).isInstanceOf(ProblemsException.class);

        assertThat(elsewhere).isEmptyDirectory();
        assertThat(mode(elsewhere)).isEqualTo("rwxr-x--x");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
