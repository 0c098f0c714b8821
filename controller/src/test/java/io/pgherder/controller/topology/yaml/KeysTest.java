package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys that are unknown, there twice, or missing. */
class KeysTest {
    @TempDir
    private Path directory;

    @Test
    void unknownKeyWithANearMatch() {
        String refusal = new OrdersFile(directory)
                .with("host: db2, port: 1922", "host: db2, prot: 1922")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown key "prot" in "nodes.pg2"  [TOPOLOGY-009]

                          orders.yaml:12:21  nodes.pg2.prot
                             |
                          12 |   pg2: { host: db2, prot: 1922 }
                             |                     ^
                          known here: host, port, follows, data_dir, wal_dir, config_dir, priority, clone, settings, options
                          Hint: did you mean "port"?
                        """);
    }

    @Test
    void unknownKeyAtTheTop() {
        String refusal =
                new OrdersFile(directory).with("synchronous:", "synchronus:").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown key "synchronus" at the top level  [TOPOLOGY-009]

                          orders.yaml:5:1  synchronus
                            |
                          5 | synchronus: { any: 1, of: [pg1, pg2, pg3] }
                            | ^
                          known here: cluster, primary, extends, postgres, replication, synchronous, agents, hosts, defaults, nodes, settings, hba, limits
                          Hint: did you mean "synchronous"?
                        """);
    }

    @Test
    void keyInTheWrongPlace() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: 1922, role: standby }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown key "role" in "nodes.pg2"  [TOPOLOGY-009]

                          orders.yaml:12:33  nodes.pg2.role
                             |
                          12 |   pg2: { host: db2, port: 1922, role: standby }
                             |                                 ^
                          known here: host, port, follows, data_dir, wal_dir, config_dir, priority, clone, settings, options
                          Hint: the primary is named once, by "primary:" at the top level; every other node is a standby
                        """);
    }

    @Test
    void unknownKeyOfAHost() {
        String refusal = new OrdersFile(directory)
                .with("{ address: 10.0.1.12 }", "{ address: 10.0.1.12, share: true }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown key "share" in "hosts.db2"  [TOPOLOGY-009]

                          orders.yaml:8:30  hosts.db2.share
                            |
                          8 |   db2: { address: 10.0.1.12, share: true }
                            |                              ^
                          known here: address, agent, shared
                          Hint: did you mean "shared"?
                        """);
    }

    @Test
    void duplicateKey() {
        String refusal = new OrdersFile(directory)
                .with("pg3: { host: db2, port: 1923 }", "pg2: { host: db2, port: 1923 }")
                .with("of: [pg1, pg2, pg3]", "of: [pg1, pg2]")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "pg2" stands here twice  [TOPOLOGY-008]

                          orders.yaml:13:3
                             |
                          13 |   pg2: { host: db2, port: 1923 }
                             |   ^
                          first at line 12, column 3
                          Hint: which of the two is meant? Remove the other
                        """);
    }

    @Test
    void nearlyEmptyFileSaysAllThatIsMissing() {
        String refusal = new OrdersFile(directory).instead("cluster: orders\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the file has no "primary"  [TOPOLOGY-010]

                          orders.yaml:1:1  primary
                          Hint: for example: primary: pg1921

                        Error: the file has no "postgres"  [TOPOLOGY-010]

                          orders.yaml:1:1  postgres
                          Hint: for example: postgres: { version: 15 }

                        Error: the file has no "replication"  [TOPOLOGY-010]

                          orders.yaml:1:1  replication
                          Hint: for example: replication: { user: rep, password: { file: secrets/rep.password } }

                        Error: the file has no "hosts"  [TOPOLOGY-010]

                          orders.yaml:1:1  hosts
                          Hint: for example: hosts: { db1: { address: 10.0.1.11 } }

                        Error: the file has no "nodes"  [TOPOLOGY-010]

                          orders.yaml:1:1  nodes
                          Hint: for example: nodes: { pg1921: { host: db1, port: 1921 } }
                        """);
    }

    @Test
    void noNodes() {
        String refusal = new OrdersFile(directory)
                .instead(OrdersFile.SOUND.substring(0, OrdersFile.SOUND.indexOf("  pg1: {")))
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "nodes" is empty  [TOPOLOGY-010]

                          orders.yaml:10:7  nodes
                             |
                          10 | nodes:
                             |       ^
                          Hint: for example: nodes: { pg1921: { host: db1, port: 1921 } }
                        """);
    }

    @Test
    void nodeWithoutAHost() {
        String refusal = new OrdersFile(directory)
                .with("pg3: { host: db2, port: 1923 }", "pg3: { port: 1923 }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "nodes.pg3" has no "host"  [TOPOLOGY-010]

                          orders.yaml:13:3  nodes.pg3.host
                             |
                          13 |   pg3: { port: 1923 }
                             |   ^
                          Hint: for example: host: db1
                        """);
    }

    @Test
    void misspeltKeyIsNotAlsoMissing() {
        String refusal =
                new OrdersFile(directory).with("primary: pg1", "primry: pg1").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown key "primry" at the top level  [TOPOLOGY-009]

                          orders.yaml:2:1  primry
                            |
                          2 | primry: pg1
                            | ^
                          known here: cluster, primary, extends, postgres, replication, synchronous, agents, hosts, defaults, nodes, settings, hba, limits
                          Hint: did you mean "primary"?
                        """);
    }
}
