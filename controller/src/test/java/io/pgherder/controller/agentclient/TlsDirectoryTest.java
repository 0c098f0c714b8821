package io.pgherder.controller.agentclient;

import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TlsDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void aDirectoryThatIsNotThereIsOneProblemAndNotThree() {
        ProblemsException refused = catchThrowableOfType(
                ProblemsException.class, () -> new TlsDirectory(directory.resolve("tls")).clientContext());

        assertThat(new ProblemText(Ink.PLAIN).render(refused.problems())).isEqualTo("""
                Error: there is no directory %s/tls  [CONNECT-013]

                  Hint: the TLS directory holds ca.crt, controller.crt and controller.key; --tls, PGHERDER_TLS or \
                "agents: { tls: DIR }" names it
                """.formatted(directory));
    }

    @Test
    void inADirectoryEveryMissingFileIsNamed() {
        ProblemsException refused =
                catchThrowableOfType(ProblemsException.class, () -> new TlsDirectory(directory).clientContext());

        assertThat(refused.problems()).hasSize(3);
    }
}
