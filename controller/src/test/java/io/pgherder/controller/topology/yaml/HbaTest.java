package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of pg_hba.conf. */
class HbaTest {
    @TempDir
    private Path directory;

    @Test
    void unknownType() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - hots all all 10.0.0.0/16 scram-sha-256\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a line cannot begin with "hots"  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - hots all all 10.0.0.0/16 scram-sha-256
                             |     ^
                          types: local, host, hostssl, hostnossl, hostgssenc, hostnogssenc
                          Hint: did you mean "host"?
                        """);
    }

    @Test
    void unknownMethod() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - host all all 10.0.0.0/16 scram-sha256\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown authentication method "scram-sha256"  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all 10.0.0.0/16 scram-sha256
                             |     ^
                          methods: trust, reject, scram-sha-256, md5, password, gss, sspi, ident, peer, ldap, radius, cert, pam, bsd, oauth
                          Hint: did you mean "scram-sha-256"?
                        """);
    }

    @Test
    void noLineThatLetsStandbysIn() {
        String refusal = new OrdersFile(directory).plus("""
                        hba:
                          - host all all 10.0.0.0/16 scram-sha-256
                          - local replication rep peer
                          - host replication rep 10.0.0.0/16 reject
                          - host replication other 10.0.0.0/16 scram-sha-256
                        """).refusal();

        assertThat(refusal).isEqualTo("""
                        Error: no line of hba lets "rep" replicate, from wherever it connects  [TOPOLOGY-034]

                          orders.yaml:4:22  replication.user
                            |
                          4 | replication: { user: rep, password: { file: rep.password } }
                            |                      ^
                          standbys log in as "rep"; "all" in the place of the database does not mean "replication"
                          Hint: add a line like "host replication rep 10.0.1.0/24 scram-sha-256" to hba
                        """);
    }

    @Test
    void everybodyRejectedBeforeTheLineThatLetsStandbysIn() {
        for (String everybody : List.of("all", "0.0.0.0/0")) {
            String refusal =
                    new OrdersFile(directory).plus("""
                            hba:
                              - host replication all %s reject
                              - host replication rep 10.0.0.0/16 scram-sha-256
                            """.formatted(everybody)).refusal();

            assertThat(refusal).startsWith("Error: no line of hba lets \"rep\" replicate, from wherever it connects");
        }
    }

    @Test
    void noLineAtAll() {
        String refusal = new OrdersFile(directory).plus("hba: []\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: no line of hba lets "rep" replicate, from wherever it connects  [TOPOLOGY-034]

                          orders.yaml:4:22  replication.user
                            |
                          4 | replication: { user: rep, password: { file: rep.password } }
                            |                      ^
                          standbys log in as "rep"; "all" in the place of the database does not mean "replication"
                          Hint: add a line like "host replication rep 10.0.1.0/24 scram-sha-256" to hba
                        """);
    }

    @Test
    void lineTooShort() {
        String refusal =
                new OrdersFile(directory).plus("hba:\n  - host all all\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the line has 3 fields, a "host" line at least 5  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all
                             |     ^
                          its fields are host DATABASE USER ADDRESS METHOD
                          Hint: for example: host replication rep 10.0.0.0/16 scram-sha-256
                        """);
    }

    @Test
    void localLineTooShort() {
        String refusal = new OrdersFile(directory).plus("hba:\n  - local all\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the line has 2 fields, a "local" line at least 4  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - local all
                             |     ^
                          its fields are local DATABASE USER METHOD
                          Hint: for example: host replication rep 10.0.0.0/16 scram-sha-256
                        """);
    }

    @Test
    void addressWithoutAMask() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - host all all 10.0.0.1 scram-sha-256\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the address 10.0.0.1 has no mask  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all 10.0.0.1 scram-sha-256
                             |     ^
                          Hint: for this one address write 10.0.0.1/32
                        """);
    }

    @Test
    void networkThatIsNone() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - host all all 10.0.0.0/33 scram-sha-256\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "10.0.0.0/33" is not a network  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all 10.0.0.0/33 scram-sha-256
                             |     ^
                          Hint: for example: host replication rep 10.0.0.0/16 scram-sha-256
                        """);
    }

    @Test
    void peerByNetwork() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - host all all 10.0.0.0/16 peer\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "peer" works on local sockets only  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all 10.0.0.0/16 peer
                             |     ^
                          Hint: for a connection by network: scram-sha-256
                        """);
    }

    @Test
    void certWithoutTls() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - host all all 10.0.0.0/16 cert\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "cert" works with hostssl only  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all 10.0.0.0/16 cert
                             |     ^
                          Hint: begin it with hostssl
                        """);
    }

    @Test
    void fieldTooMany() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - host all all 10.0.0.0/16 scram-sha-256 md5\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "md5" behind the method is not an option  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all 10.0.0.0/16 scram-sha-256 md5
                             |     ^
                          Hint: options are written name=value; is there a field too many?
                        """);
    }

    @Test
    void secretWithABlankAndNoQuotes() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - host all all 10.0.0.0/16 ldap ldapserver=ad ldapbindpasswd=top secret4\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a word behind the method is not an option  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - host all all 10.0.0.0/16 ldap ldapserver=ad ldapbindpasswd=********
                             |     ^
                          Hint: options are written name=value; is a secret with a blank in it not in double quotes?
                        """);
    }

    @Test
    void commentOnly() {
        String refusal =
                new OrdersFile(directory).plus("hba:\n  - \"# nothing\"\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: an empty line lets nobody in  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - "# nothing"
                             |     ^
                          Hint: remove it
                        """);
    }

    @Test
    void lineBreakInALine() {
        String refusal = new OrdersFile(directory)
                .plus("hba:\n  - \"host all all 10.0.0.0/16 md5\\nhost all all 0.0.0.0/0 trust\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a line of pg_hba.conf is one line  [TOPOLOGY-027]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - "host all all 10.0.0.0/16 md5\\nhost all all 0.0.0.0/0 trust"
                             |     ^
                          Hint: write each line as an item of its own, with a dash
                        """);
    }
}
