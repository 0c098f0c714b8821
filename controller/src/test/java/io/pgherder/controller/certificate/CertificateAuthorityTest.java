package io.pgherder.controller.certificate;

import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int IP_ADDRESS = 7;
    private static final int DNS_NAME = 2;

    private final CertificateAuthority authority = CertificateAuthority.create("pgherder demo CA", NOW);

    @Test
    void anAuthorityMaySignLeavesAndNothingBelowThem() throws Exception {
        X509Certificate certificate = authority.certificate();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=pgherder demo CA");
        assertThat(certificate.getBasicConstraints()).isZero();
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(Instant.parse("2036-11-01T00:00:00Z")));
    }

    @Test
    void anAgentIsAServerAtItsOwnAddressesAndNoClient() throws Exception {
        X509Certificate agent = authority
                .issueAgent("db1", List.of("10.0.1.11", "::1", "db1.example.org"), NOW)
                .certificate();

        assertThat(agent.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
        assertThat(agent.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(IP_ADDRESS, "10.0.1.11"),
                        List.of(IP_ADDRESS, "0:0:0:0:0:0:0:1"),
                        List.of(DNS_NAME, "db1.example.org"));
        assertThat(agent.getBasicConstraints()).as("no authority itself").isEqualTo(-1);
        trust(authority, agent);
    }

    @Test
    void aControllerIsAClientAndNoServer() throws Exception {
        X509Certificate controller = authority.issueController("alice", NOW).certificate();

        assertThat(controller.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
        assertThat(controller.getSubjectX500Principal().getName()).isEqualTo("CN=pgherder controller of alice");
        trust(authority, controller);
    }

    @Test
    void whatAnotherAuthorityOfTheSameNameSignedIsNotTrusted() {
        CertificateAuthority other = CertificateAuthority.create("pgherder demo CA", NOW);
        X509Certificate stranger = other.issueController("mallory", NOW).certificate();

        assertThatThrownBy(() -> trust(authority, stranger)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void leavesLastAYearFromALittleBeforeNow() {
        X509Certificate leaf = authority.issueController("alice", NOW).certificate();

        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(Instant.parse("2026-11-23T09:55:00Z"));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(Instant.parse("2027-11-23T10:00:00Z"));
    }

    @Test
    void twoCertificatesNeverShareASerial() {
        X509Certificate one = authority.issueController("alice", NOW).certificate();
        X509Certificate two = authority.issueController("alice", NOW).certificate();

        assertThat(one.getSerialNumber()).isNotEqualTo(two.getSerialNumber());
    }

    @Test
    void anAuthorityReadFromItsFilesSignsOn(@TempDir Path directory) throws Exception {
        PemFiles.write(directory, "ca", authority.identity());

        CertificateAuthority again = new CertificateAuthority(PemFiles.read(directory, "ca"));

        trust(authority, again.issueController("alice", NOW).certificate());
    }

    @Test
    void keysAreForTheirOwnerAloneAndCertificatesForAll(@TempDir Path directory) throws IOException {
        PemFiles.write(directory, "controller", authority.issueController("alice", NOW));

        assertThat(mode(directory.resolve("controller.key"))).isEqualTo("rw-------");
        assertThat(mode(directory.resolve("controller.crt"))).isEqualTo("rw-r--r--");
        assertThat(directory).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void aFileThatIsNoKeyIsNamed(@TempDir Path directory) throws IOException {
        PemFiles.write(directory, "ca", authority.identity());
        Files.writeString(directory.resolve("ca.key"), "not a key");

        assertThatThrownBy(() -> PemFiles.read(directory, "ca"))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("CERTIFICATE-003 could not read the key " + directory.resolve("ca.key"));
    }

    @Test
    void anIdentityNeverShowsItsKey() {
        assertThat(authority.identity()).hasToString("Identity[CN=pgherder demo CA]");
    }

    private static void trust(CertificateAuthority authority, X509Certificate leaf) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(NOW));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
