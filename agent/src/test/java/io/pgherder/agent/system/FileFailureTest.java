package io.pgherder.agent.system;

import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

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
    void whatElseTheSystemSaysIsToldWithoutTheNameOfAnException() {
        assertThat(explained(new NoSuchFileException("/data01/pg4")).details())
                .containsExactly("/data01/pg4: no such file or directory");
        assertThat(explained(new FileSystemException("/data01/pg4", null, "Read-only file system"))
                        .details())
                .containsExactly("/data01/pg4: read-only file system");
        assertThat(explained(new IOException("No space left on device")).details())
                .containsExactly("no space left on device");
    }

    private static AgentProblem explained(IOException e) {
        return FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not look at /data01/pg4"), e);
    }
}
