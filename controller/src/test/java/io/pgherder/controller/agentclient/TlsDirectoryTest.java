package io.pgherder.controller.agentclient;

import io.pgherder.controller.certificate.CertificateAuthority;
import io.pgherder.controller.certificate.PemFiles;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TlsDirectoryTest {
    private final Instant now = Instant.now();

    @TempDir
    private Path directory;

    private final CertificateAuthority authority = CertificateAuthority.create("test CA", now);

    @Test
    void aDirectoryThatIsNotThereIsOneProblemAndNotThree() {
        ProblemsException refused = catchThrowableOfType(
                ProblemsException.class, () -> new TlsDirectory(directory.resolve("tls")).clientContext());

        assertThat(new ProblemText(Ink.PLAIN).render(refused.problems())).isEqualTo("""
                Error: there is no directory %s/tls  [CONNECT-013]

                  Hint: the TLS directory holds ca.crt, controller.crt and controller.key; --tls or PGHERDER_TLS \
                names it, or "agents: { tls: DIR }" in a topology
                """.formatted(directory));
    }

    @Test
    void inADirectoryEveryMissingFileIsNamed() {
        ProblemsException refused =
                catchThrowableOfType(ProblemsException.class, () -> new TlsDirectory(directory).clientContext());

        assertThat(refused.problems()).hasSize(3);
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsSaidBeforeAnyAgentIsAsked() throws IOException {
        PemFiles.writeCertificate(directory.resolve("ca.crt"), authority.certificate());
        PemFiles.write(directory, "controller", authority.issueController("alice", now));
        Path key = Files.createDirectory(directory.resolve("other"));
        PemFiles.write(key, "controller", authority.issueController("alice", now));
        Files.copy(
                key.resolve("controller.key"),
                directory.resolve("controller.key"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(refusal()).isEqualTo("""
                Error: the key %s/controller.key does not belong to controller.crt beside it  [CONNECT-014]

                  Hint: were the two files made together? Was only one of them renewed?
                """.formatted(directory));
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        PemFiles.writeCertificate(directory.resolve("ca.crt"), authority.certificate());
        PemFiles.write(directory, "controller", authority.issueController("alice", now));
        new TlsDirectory(directory).clientContext();
        Files.setPosixFilePermissions(
                directory.resolve("controller.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(refusal()).isEqualTo("""
                Error: the key %1$s/controller.key is open to others  [CONNECT-014]

                  its permissions are rw-r--r--, and should be rw-------
                  Hint: chmod 600 %1$s/controller.key
                """.formatted(directory));
    }

    private String refusal() {
        ProblemsException refused =
                catchThrowableOfType(ProblemsException.class, () -> new TlsDirectory(directory).clientContext());
        return new ProblemText(Ink.PLAIN).render(refused.problems());
    }
}
