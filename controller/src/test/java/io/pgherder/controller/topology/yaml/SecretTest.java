package io.pgherder.controller.topology.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Passwords. */
class SecretTest {
    @TempDir
    private Path directory;

    @Test
    void passwordInTheFile() {
        String refusal = new OrdersFile(directory)
                .with("{ file: rep.password }", "hunter2")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a password must not stand in the file  [TOPOLOGY-028]

                          orders.yaml:4:37  replication.password
                            |
                          4 | replication: { user: rep, password: ********
                            |                                     ^
                          Hint: { file: secrets/rep.password } or { env: REP_PASSWORD } say where it is
                        """);
    }

    @Test
    void secretInALineOfHbaThatHasAFault() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - \"host all all 10.0.0.0/8 ldapp ldapbindpasswd=hunter2\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown authentication method "ldapp"  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - "host all all 10.0.0.0/8 ldapp ldapbindpasswd=********
                             |     ^
                          methods: trust, reject, scram-sha-256, md5, password, gss, sspi, ident, peer, ldap, radius, cert, pam, bsd, oauth
                          Hint: did you mean "ldap"?
                        """);
    }

    @Test
    void passwordInTheFileBesideAnotherFault() {
        String refusal = new OrdersFile(directory)
                .with("{ file: rep.password }", "hunter2, slot: true")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a password must not stand in the file  [TOPOLOGY-028]

                          orders.yaml:4:37  replication.password
                            |
                          4 | replication: { user: rep, password: ********
                            |                                     ^
                          Hint: { file: secrets/rep.password } or { env: REP_PASSWORD } say where it is

                        Error: unknown key "slot" in "replication"  [TOPOLOGY-009]

                          orders.yaml:4:46  replication.slot
                            |
                          4 | replication: { user: rep, password: ********
                            |                                              ^
                          known here: user, password, slots, options
                          Hint: did you mean "slots"?
                        """);
    }

    @Test
    void secretFileThatDoesNotExist() {
        String refusal = new OrdersFile(directory)
                .with("rep.password", "secrets/rep.password")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: there is no secret file secrets/rep.password  [TOPOLOGY-029]

                          orders.yaml:4:45  replication.password.file
                            |
                          4 | replication: { user: rep, password: { file: secrets/rep.password } }
                            |                                             ^
                          Hint: write the password into it: (umask 077; cat > secrets/rep.password)
                        """);
    }

    @Test
    void secretFileThatOthersMayRead() throws IOException {
        String refusal = readableByOthers().refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the secret file rep.password is open to others  [TOPOLOGY-029]

                          orders.yaml:4:45  replication.password.file
                            |
                          4 | replication: { user: rep, password: { file: rep.password } }
                            |                                             ^
                          its permissions should be rw-------
                          Hint: chmod 600 rep.password
                        """);
    }

    @Test
    void emptySecretFile() {
        String refusal = new OrdersFile(directory).secret("rep.password", "\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the secret file rep.password is empty  [TOPOLOGY-029]

                          orders.yaml:4:45  replication.password.file
                            |
                          4 | replication: { user: rep, password: { file: rep.password } }
                            |                                             ^
                          Hint: it should hold the password
                        """);
    }

    @Test
    void secretFileOfSeveralLines() {
        String refusal =
                new OrdersFile(directory).secret("rep.password", "one\ntwo\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the secret file rep.password has more than one line, or control characters  [TOPOLOGY-029]

                          orders.yaml:4:45  replication.password.file
                            |
                          4 | replication: { user: rep, password: { file: rep.password } }
                            |                                             ^
                          Hint: it should hold the password and nothing else
                        """);
    }

    @Test
    void directoryAsSecretFile() throws IOException {
        String refusal = new OrdersFile(directory)
                .with(
                        "file: rep.password",
                        "file: "
                                + Files.createDirectory(directory.resolve("secrets"))
                                        .getFileName())
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: secrets is not a file with a password  [TOPOLOGY-029]

                          orders.yaml:4:45  replication.password.file
                            |
                          4 | replication: { user: rep, password: { file: secrets } }
                            |                                             ^
                          it is a directory
                          Hint: it should hold the password and nothing else
                        """);
    }

    @Test
    void variableThatIsNotSet() {
        String refusal = new OrdersFile(directory)
                .with("file: rep.password", "env: REP_PASSWORD")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the environment variable "REP_PASSWORD" is not set  [TOPOLOGY-029]

                          orders.yaml:4:44  replication.password.env
                            |
                          4 | replication: { user: rep, password: { env: REP_PASSWORD } }
                            |                                            ^
                          Hint: is it exported in the shell that runs pgherder?
                        """);
    }

    @Test
    void fileAndVariable() {
        String refusal = new OrdersFile(directory)
                .with("file: rep.password", "file: rep.password, env: REP_PASSWORD")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "file" and "env" exclude each other  [TOPOLOGY-012]

                          orders.yaml:4:27  replication.password
                            |
                          4 | replication: { user: rep, password: { file: rep.password, env: REP_PASSWORD } }
                            |                           ^
                          Hint: where is the password? Remove the other
                        """);
    }

    @Test
    void neitherFileNorVariable() {
        String refusal =
                new OrdersFile(directory).with("{ file: rep.password }", "{}").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "replication.password" does not say where the password is  [TOPOLOGY-010]

                          orders.yaml:4:27  replication.password
                            |
                          4 | replication: { user: rep, password: {} }
                            |                           ^
                          Hint: for example: password: { file: secrets/rep.password }
                        """);
    }

    @Test
    void emptyVariable() {
        String refusal = new OrdersFile(directory, Map.of("REP_PASSWORD", ""))
                .with("file: rep.password", "env: REP_PASSWORD")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the environment variable "REP_PASSWORD" is empty  [TOPOLOGY-029]

                          orders.yaml:4:44  replication.password.env
                            |
                          4 | replication: { user: rep, password: { env: REP_PASSWORD } }
                            |                                            ^
                          Hint: it should hold the password
                        """);
    }

    private OrdersFile readableByOthers() throws IOException {
        OrdersFile orders = new OrdersFile(directory);
        Files.setPosixFilePermissions(directory.resolve("rep.password"), PosixFilePermissions.fromString("rw-r-----"));
        return orders;
    }
}
