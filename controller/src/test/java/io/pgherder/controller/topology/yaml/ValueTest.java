package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of the right type that cannot be used. */
class ValueTest {
    @TempDir
    private Path directory;

    @Test
    void clusterNameWithCapitals() {
        String refusal = new OrdersFile(directory)
                .with("cluster: orders", "cluster: Orders")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "Orders" is not a cluster name  [TOPOLOGY-012]

                          orders.yaml:1:10  cluster
                            |
                          1 | cluster: Orders
                            |          ^
                          Hint: write lower-case letters, digits, _ and -, beginning with a letter, at most 63
                        """);
    }

    @Test
    void nodeNameThatPostgresqlWouldTruncate() {
        String refusal = new OrdersFile(directory)
                .with("  pg4:", "  " + "x".repeat(64) + ":")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" is not a node name  [TOPOLOGY-012]

                          orders.yaml:14:3  nodes.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                             |
                          14 |   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: { host: db1, port: 1924, follows: pg2 }
                             |   ^
                          Hint: write lower-case letters, digits and _, beginning with a letter, at most 63: PostgreSQL knows the standby by it
                        """);
    }

    @Test
    void nodeNameWithAHyphen() {
        String refusal = new OrdersFile(directory).with("  pg4:", "  pg-4:").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "pg-4" is not a node name  [TOPOLOGY-012]

                          orders.yaml:14:3  nodes.pg-4
                             |
                          14 |   pg-4: { host: db1, port: 1924, follows: pg2 }
                             |   ^
                          Hint: write lower-case letters, digits and _, beginning with a letter, at most 63: PostgreSQL knows the standby by it
                        """);
    }

    @Test
    void settingsOfAnotherType() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  work_mem: 64mb\n  max_connections: many\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "work_mem" cannot be "64mb"  [TOPOLOGY-025]

                          orders.yaml:16:13  settings.work_mem
                             |
                          16 |   work_mem: 64mb
                             |             ^
                          it takes a number, of the setting's own unit or with one of B, kB, MB, GB, TB
                          Hint: did you mean MB? Upper and lower case matter

                        Error: "max_connections" cannot be "many"  [TOPOLOGY-025]

                          orders.yaml:17:20  settings.max_connections
                             |
                          17 |   max_connections: many
                             |                    ^
                          it takes a number without a unit
                          Hint: is it the value of another setting?
                        """);
    }

    @Test
    void unsupportedVersion() {
        String refusal =
                new OrdersFile(directory).with("version: 15", "version: 12").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: PostgreSQL 12 is not among the supported major versions  [TOPOLOGY-030]

                          orders.yaml:3:22  postgres.version
                            |
                          3 | postgres: { version: 12 }
                            |                      ^
                          supported: 13 to 18; before 13 a standby cannot be moved without a restart
                          Hint: which major version do the hosts have? See: postgres --version
                        """);
    }

    @Test
    void addressThatIsNotOne() {
        String refusal =
                new OrdersFile(directory).with("10.0.1.12", "10.0.1.312").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "10.0.1.312" is not an IP address  [TOPOLOGY-012]

                          orders.yaml:8:19  hosts.db2.address
                            |
                          8 |   db2: { address: 10.0.1.312 }
                            |                   ^
                          Hint: a host name, an IPv4 address such as 10.0.1.11, or an IPv6 address; the port goes to the node
                        """);
    }

    @Test
    void everyAddress() {
        String refusal = new OrdersFile(directory).with("10.0.1.12", "0.0.0.0").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: 0.0.0.0 means every address and can be no one's own  [TOPOLOGY-012]

                          orders.yaml:8:19  hosts.db2.address
                            |
                          8 |   db2: { address: 0.0.0.0 }
                            |                   ^
                          Hint: at which address do the other hosts reach it?
                        """);
    }

    @Test
    void addressWithAPort() {
        String refusal =
                new OrdersFile(directory).with("10.0.1.12", "10.0.1.12:5432").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "10.0.1.12:5432" is not an IP address  [TOPOLOGY-012]

                          orders.yaml:8:19  hosts.db2.address
                            |
                          8 |   db2: { address: 10.0.1.12:5432 }
                            |                   ^
                          Hint: a host name, an IPv4 address such as 10.0.1.11, or an IPv6 address; the port goes to the node
                        """);
    }

    @Test
    void agentPortThatDoesNotExist() {
        String refusal = new OrdersFile(directory)
                .with("{ address: 10.0.1.12 }", "{ address: 10.0.1.12, agent: \":70000\" }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the agent of host "db2" cannot have port 70000  [TOPOLOGY-012]

                          orders.yaml:8:37  hosts.db2
                            |
                          8 |   db2: { address: 10.0.1.12, agent: ":70000" }
                            |                                     ^
                          Hint: for example: agent: ":7432"
                        """);
    }

    @Test
    void agentAsIpv6WithoutBrackets() {
        String refusal = new OrdersFile(directory)
                .with("{ address: 10.0.1.12 }", "{ address: 10.0.1.12, agent: \"fd00::12\" }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "fd00::12" is not an agent's address  [TOPOLOGY-012]

                          orders.yaml:8:37  hosts.db2.agent
                            |
                          8 |   db2: { address: 10.0.1.12, agent: "fd00::12" }
                            |                                     ^
                          Hint: write "host:port", ":port" or "host"; an IPv6 address in brackets, as in "[::1]:7432"
                        """);
    }

    @Test
    void twoHostsWithOneAgent() {
        String refusal = new OrdersFile(directory)
                .with("{ address: 10.0.1.12 }", "{ address: 10.0.1.12, agent: 10.0.1.11 }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: hosts "db1" and "db2" have the same agent  [TOPOLOGY-019]

                          orders.yaml:8:37  hosts.db2
                            |
                          8 |   db2: { address: 10.0.1.12, agent: 10.0.1.11 }
                            |                                     ^
                          both at 10.0.1.11, port 7432; the other one is declared at line 7
                          Hint: are they one host? Then let one name suffice
                        """);
    }

    @Test
    void replicationAsTheSuperuser() {
        String refusal =
                new OrdersFile(directory).with("user: rep", "user: postgres").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: standbys would log in as the superuser, "postgres"  [TOPOLOGY-035]

                          orders.yaml:4:22  replication.user
                            |
                          4 | replication: { user: postgres, password: { file: rep.password } }
                            |                      ^
                          apply gives the role a password, which then lies on the host of every standby
                          Hint: name a role of its own, such as "rep": apply creates it
                        """);
    }

    @Test
    void relativeDirectory() {
        String refusal = new OrdersFile(directory)
                .with("\"/data/pg_root{port}\"", "\"data/pg_root{port}\"")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "data/pg_root{port}" is not an absolute path  [TOPOLOGY-012]

                          orders.yaml:9:23  defaults.data_dir
                            |
                          9 | defaults: { data_dir: "data/pg_root{port}" }
                            |                       ^
                          Hint: write a path from the root of the host's file system, as in "/data01/pg/pg_root{port}"; none of ", $, ` and \\, which the shell of pg_ctl would read
                        """);
    }

    @Test
    void directoryThatAShellWouldReadOtherwise() {
        String refusal = new OrdersFile(directory)
                .with("\"/data/pg_root{port}\"", "'/data/pg_root{port}$(id)'")
                .refusal();

        assertThat(refusal)
                .startsWith("Error: \"/data/pg_root{port}$(id)\" is not an absolute path  [TOPOLOGY-012]")
                .endsWith("none of \", $, ` and \\, which the shell of pg_ctl would read\n");
    }

    @Test
    void directoryThatGoesUp() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: 1922, wal_dir: /wal/../etc }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the WAL directory of "pg2" contains ".." or "."  [TOPOLOGY-012]

                          orders.yaml:12:42  nodes.pg2.wal_dir
                             |
                          12 |   pg2: { host: db2, port: 1922, wal_dir: /wal/../etc }
                             |                                          ^
                          /wal/../etc
                          Hint: write the path as pwd -P would print it
                        """);
    }

    @Test
    void bracesInAFlowMapWithoutQuotes() {
        String refusal = new OrdersFile(directory)
                .with("\"/data/pg_root{port}\"", "/data/pg_root{port}")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: expected ',' or '}', but got "{"  [TOPOLOGY-005]

                          orders.yaml:9:36
                            |
                          9 | defaults: { data_dir: /data/pg_root{port} }
                            |                                    ^
                          while parsing a flow mapping that begins at line 9
                          Hint: put the value into quotes
                        """);
    }

    @Test
    void braceLeftOpen() {
        String refusal = new OrdersFile(directory).with("{port}", "{port").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a brace in "/data/pg_root{port" has no partner  [TOPOLOGY-012]

                          orders.yaml:9:23  defaults.data_dir
                            |
                          9 | defaults: { data_dir: "/data/pg_root{port" }
                            |                       ^
                          Hint: placeholders are written {node}, {port}, ...
                        """);
    }

    @Test
    void unknownPlaceholder() {
        String refusal = new OrdersFile(directory).with("{port}", "{prot}").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown placeholder {prot}  [TOPOLOGY-012]

                          orders.yaml:9:23  defaults.data_dir
                            |
                          9 | defaults: { data_dir: "/data/pg_root{prot}" }
                            |                       ^
                          known here: {node}, {port}, {cluster}, {host}, {address}
                          Hint: did you mean "port"?
                        """);
    }

    @Test
    void rateThatPgBasebackupWouldRefuse() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: 1922, clone: { max_rate: 50 MB/s } }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "50 MB/s" is not a rate  [TOPOLOGY-012]

                          orders.yaml:12:52  nodes.pg2.clone.max_rate
                             |
                          12 |   pg2: { host: db2, port: 1922, clone: { max_rate: 50 MB/s } }
                             |                                                    ^
                          Hint: write as pg_basebackup --max-rate takes it: "50M" for 50 MB a second, "512k", "512"
                        """);
    }

    @Test
    void roleThatPostgresqlKeepsForItself() {
        String refusal =
                new OrdersFile(directory).with("user: rep", "user: pg_rep").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "pg_rep" is not a role name  [TOPOLOGY-012]

                          orders.yaml:4:22  replication.user
                            |
                          4 | replication: { user: pg_rep, password: { file: rep.password } }
                            |                      ^
                          Hint: write letters, digits, _ and -, at most 63, not beginning with "pg_", which PostgreSQL keeps for itself
                        """);
    }
}
