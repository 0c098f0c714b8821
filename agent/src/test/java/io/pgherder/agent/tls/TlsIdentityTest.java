package io.pgherder.agent.tls;

import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class TlsIdentityTest {
    private final TestAuthority authority = TestAuthority.named("test CA");
    private final List<AgentProblem> problems = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void filesThatBelongTogetherAreRead() throws IOException {
        TlsIdentity written = authority.server();
        TlsFiles files = TestAuthority.write(written, directory);

        assertThat(TlsIdentity.read(files, Instant.now(), problems)).contains(written);
        assertThat(problems).isEmpty();
    }

    @Test
    void missingFilesAreAllNamed() {
        TlsFiles files = new TlsFiles(Path.of("/none/a.crt"), Path.of("/none/a.key"), Path.of("/none/ca.crt"));

        assertThat(TlsIdentity.read(files, Instant.now(), problems)).isEmpty();
        assertThat(problems)
                .extracting(AgentProblem::summary)
                .containsExactly(
                        "tls_certificate does not exist: /none/a.crt",
                        "tls_key does not exist: /none/a.key",
                        "tls_ca does not exist: /none/ca.crt");
    }

    @Test
    void anotherCertificatesKeyIsRefused() throws IOException {
        TlsFiles files = TestAuthority.write(authority.server(), directory);
        Path other = Files.createDirectory(directory.resolve("other"));
        TlsFiles others = TestAuthority.write(authority.server(), other);
        TlsFiles mixed = new TlsFiles(files.certificate(), others.key(), files.authority());

        assertThat(TlsIdentity.read(mixed, Instant.now(), problems)).isEmpty();
        assertThat(problems)
                .extracting(AgentProblem::code, AgentProblem::summary)
                .containsExactly(tuple("DAEMON-013", "tls_key does not belong to tls_certificate"));
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        TlsFiles files = TestAuthority.write(authority.expiredServer(), directory);

        assertThat(TlsIdentity.read(files, Instant.now(), problems)).isEmpty();
        assertThat(problems)
                .extracting(AgentProblem::summary)
                .containsExactly("tls_certificate is not valid now: " + files.certificate());
    }

    @Test
    void aKeyInAnotherFormatIsRefusedByName() throws IOException {
        TlsFiles files = TestAuthority.write(authority.server(), directory);
        Files.writeString(files.key(), "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n");
        Files.writeString(files.authority(), "not a certificate\n");

        assertThat(TlsIdentity.read(files, Instant.now(), problems)).isEmpty();
        assertThat(problems)
                .extracting(AgentProblem::code, AgentProblem::details)
                .contains(tuple(
                        "DAEMON-012", List.of("it holds a \"EC PRIVATE KEY\"; an unencrypted PKCS#8 key is needed")));
        assertThat(problems).hasSize(2);
    }
}
