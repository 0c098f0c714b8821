package io.pgherder.agent.system;

import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class FileFailureTest {
    private static final String ACCOUNT = System.getProperty("user.name");

    @Test
    void directoryThatIsClosedNamesTheAccountThatWasNotLetIn() {
        AgentProblem closed = explained(new AccessDeniedException("/data01/pg4"));

        assertThat(closed.details()).containsExactly("/data01/pg4: permission denied for account " + ACCOUNT);
        assertThat(closed.hint())
                .isEqualTo("whose is it? The agent runs as " + ACCOUNT
                        + ", which must be let in there and above: ls -ld /data01/pg4");
    }

    @Test
    void aFileInADirectoryThatIsClosedToItsOwnAccountIsReachedByOpeningThatDirectory(@TempDir Path home)
            throws IOException {
        Path real = Files.createDirectories(home.resolve("data/pg4")).toRealPath();
        Path link = Files.createSymbolicLink(home.resolve("pg4"), real);
        AccessDeniedException denied =
                new AccessDeniedException(link.resolve("global/pg_control").toString());
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("---------"));
        try {
            AgentProblem closed = explained(denied);

            assertThat(closed.details())
                    .containsExactly(
                            link + "/global/pg_control: permission denied for account " + ACCOUNT,
                            real + " belongs to " + ACCOUNT + " and has mode 0000");
            assertThat(closed.hint()).isEqualTo("is it closed on purpose? If not  chmod u+rwx " + real);
        } finally {
            Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(explained(denied).details()).hasSize(1);
    }

    @Test
    void whatElseTheSystemSaysIsToldWithoutTheNameOfAnException() {
        assertThat(explained(new NoSuchFileException("/data01/pg4")).details())
                .containsExactly("/data01/pg4: no such file or directory");
        assertThat(explained(new FileSystemException("/data01/pg4", null, "Read-only file system"))
                        .details())
                .containsExactly("/data01/pg4: read-only file system");
        AgentProblem full = explained(new IOException("No space left on device"));
        assertThat(full.details()).containsExactly("no space left on device");
        assertThat(full.hint()).isEqualTo("make room there: df -h shows which file system is full");
        assertThat(explained(new FileSystemException("/data01/pg4", null, "Operation not permitted"))
                        .hint())
                .isEqualTo(
                        "is the file, or its directory, immutable or append-only? lsattr shows it, chattr -i takes it away");
    }

    private static AgentProblem explained(IOException e) {
        return FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not look at /data01/pg4"), e);
    }
}
