package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is named, who follows whom, who is where. */
class NamesAndPlacesTest {
    @TempDir
    private Path directory;

    @Test
    void everythingWrongIsSaidAtOnce() {
        String refusal = new OrdersFile(directory)
                .with("primary: pg1", "primary: pg9")
                .with("host: db1, port: 1924, follows: pg2", "host: db3, port: 1924, follows: gp2")
                .with("pg2, pg3]", "pg2, pg33]")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the primary is an unknown node "pg9"  [TOPOLOGY-015]

                          orders.yaml:2:10  primary
                            |
                          2 | primary: pg9
                            |          ^
                          nodes declared: pg1, pg2, pg3, pg4
                          Hint: which of them is meant?

                        Error: the synchronous group names an unknown node "pg33"  [TOPOLOGY-015]

                          orders.yaml:5:39  synchronous.of.3
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg33] }
                            |                                       ^
                          nodes declared: pg1, pg2, pg3, pg4
                          Hint: did you mean "pg3"?

                        Error: node "pg4" is on an unknown host "db3"  [TOPOLOGY-014]

                          orders.yaml:14:16  nodes.pg4.host
                             |
                          14 |   pg4: { host: db3, port: 1924, follows: gp2 }
                             |                ^
                          hosts declared: db1, db2
                          Hint: which of them is meant?

                        Error: node "pg4" follows an unknown node "gp2"  [TOPOLOGY-015]

                          orders.yaml:14:42  nodes.pg4.follows
                             |
                          14 |   pg4: { host: db3, port: 1924, follows: gp2 }
                             |                                          ^
                          nodes declared: pg1, pg2, pg3, pg4
                          Hint: did you mean "pg2"?
                        """);
    }

    @Test
    void primaryThatIsNoNode() {
        String refusal =
                new OrdersFile(directory).with("primary: pg1", "primary: main").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the primary is an unknown node "main"  [TOPOLOGY-015]

                          orders.yaml:2:10  primary
                            |
                          2 | primary: main
                            |          ^
                          nodes declared: pg1, pg2, pg3, pg4
                          Hint: which of them is meant?
                        """);
    }

    @Test
    void nodeFollowsItself() {
        String refusal =
                new OrdersFile(directory).with("follows: pg2", "follows: pg4").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: node "pg4" follows itself  [TOPOLOGY-016]

                          orders.yaml:14:42  nodes.pg4.follows
                             |
                          14 |   pg4: { host: db1, port: 1924, follows: pg4 }
                             |                                          ^
                          Hint: leave "follows" out to follow the primary
                        """);
    }

    @Test
    void nodesFollowEachOther() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: 1922, follows: pg4 }")
                .with("{ any: 1, of: [pg1, pg2, pg3] }", "off")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: nodes follow each other in a circle  [TOPOLOGY-016]

                          orders.yaml:12:42  nodes.pg2.follows
                             |
                          12 |   pg2: { host: db2, port: 1922, follows: pg4 }
                             |                                          ^
                          pg2 follows pg4 follows pg2
                          Hint: which of them should follow the primary? Leave its "follows" out
                        """);
    }

    @Test
    void aNodeDeclaredTwiceIsTheFirstOfTheTwoAndMakesNoCircle() {
        String refusal = new OrdersFile(directory)
                .plus("  pg2: { host: db2, port: 1925, follows: pg4 }\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "pg2" stands here twice  [TOPOLOGY-008]

                          orders.yaml:15:3
                             |
                          15 |   pg2: { host: db2, port: 1925, follows: pg4 }
                             |   ^
                          first at line 12, column 3
                          Hint: which of the two is meant? Remove the other
                        """);
    }

    @Test
    void clonedFromAnUnknownNode() {
        String refusal = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1923, clone: { from: pg8 } }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: node "pg3" is cloned from an unknown node "pg8"  [TOPOLOGY-015]

                          orders.yaml:13:48  nodes.pg3.clone.from
                             |
                          13 |   pg3: { host: db2, port: 1923, clone: { from: pg8 } }
                             |                                                ^
                          nodes declared: pg1, pg2, pg3, pg4
                          Hint: which of them is meant?
                        """);
    }

    @Test
    void clonedFromItself() {
        String refusal = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1923, clone: { from: pg3 } }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: node "pg3" cannot be cloned from itself  [TOPOLOGY-012]

                          orders.yaml:13:48  nodes.pg3.clone.from
                             |
                          13 |   pg3: { host: db2, port: 1923, clone: { from: pg3 } }
                             |                                                ^
                          Hint: leave it out to clone from the upstream
                        """);
    }

    @Test
    void portsThatCannotBeReadAreNotSharedPorts() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: abc, data_dir: \"/data/{port}\" }")
                .with("port: 1923 }", "port: 6004.5, data_dir: \"/data/{port}\" }")
                .refusal();

        assertThat(refusal.lines().filter(line -> line.startsWith("Error")))
                .containsExactly(
                        "Error: \"nodes.pg2.port\" must be a whole number, not \"abc\"  [TOPOLOGY-011]",
                        "Error: \"nodes.pg3.port\" must be a whole number, not \"6004.5\"  [TOPOLOGY-011]");
    }

    @Test
    void samePortTwiceOnOneHost() {
        String refusal = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1922, data_dir: /data/pg3 }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: nodes "pg2" and "pg3" share port 1922 on host "db2"  [TOPOLOGY-017]

                          orders.yaml:13:27  nodes.pg3.port
                             |
                          13 |   pg3: { host: db2, port: 1922, data_dir: /data/pg3 }
                             |                           ^
                          "pg2" has it at line 12
                          Hint: which port should "pg3" have?
                        """);
    }

    @Test
    void portOfTheAgent() {
        String refusal =
                new OrdersFile(directory).with("port: 1923", "port: 7432").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: node "pg3" has the port of the agent on its host, 7432  [TOPOLOGY-017]

                          orders.yaml:13:27  nodes.pg3.port
                             |
                          13 |   pg3: { host: db2, port: 7432 }
                             |                           ^
                          Hint: which port should "pg3" have?
                        """);
    }

    @Test
    void sameDirectoryTwiceOnOneHost() {
        String refusal =
                new OrdersFile(directory).with("pg_root{port}", "pg_root").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the data directory of "pg3" is also the data directory of "pg2"  [TOPOLOGY-018]

                          orders.yaml:9:23  nodes.pg3.data_dir
                            |
                          9 | defaults: { data_dir: "/data/pg_root" }
                            |                       ^
                          on host "db2": /data/pg_root and /data/pg_root
                          Hint: does a placeholder such as {port} or {node} belong in the path?

                        Error: the data directory of "pg4" is also the data directory of "pg1"  [TOPOLOGY-018]

                          orders.yaml:9:23  nodes.pg4.data_dir
                            |
                          9 | defaults: { data_dir: "/data/pg_root" }
                            |                       ^
                          on host "db1": /data/pg_root and /data/pg_root
                          Hint: does a placeholder such as {port} or {node} belong in the path?
                        """);
    }

    @Test
    void directoryInsideAnother() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: 1922, data_dir: /data/pg2 }")
                .with("port: 1923 }", "port: 1923, wal_dir: /data/pg2/wal/ }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the WAL directory of "pg3" is inside the data directory of "pg2"  [TOPOLOGY-018]

                          orders.yaml:13:42  nodes.pg3.wal_dir
                             |
                          13 |   pg3: { host: db2, port: 1923, wal_dir: /data/pg2/wal/ }
                             |                                          ^
                          on host "db2": /data/pg2/wal/ and /data/pg2
                          Hint: does a placeholder such as {port} or {node} belong in the path?
                        """);
    }

    @Test
    void directoryAroundAnother() {
        String refusal = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1923, data_dir: //data }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the data directory of "pg3" contains the data directory of "pg2"  [TOPOLOGY-018]

                          orders.yaml:13:43  nodes.pg3.data_dir
                             |
                          13 |   pg3: { host: db2, port: 1923, data_dir: //data }
                             |                                           ^
                          on host "db2": //data and /data/pg_root1922
                          Hint: does a placeholder such as {port} or {node} belong in the path?
                        """);
    }

    @Test
    void walDirectoryInsideItsOwnDataDirectory() {
        String refusal = new OrdersFile(directory)
                .with("port: 1924,", "port: 1924, wal_dir: \"/data/pg_root{port}/pg_wal\",")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the WAL directory of "pg4" is inside the data directory of "pg4"  [TOPOLOGY-018]

                          orders.yaml:14:42  nodes.pg4.wal_dir
                             |
                          14 |   pg4: { host: db1, port: 1924, wal_dir: "/data/pg_root{port}/pg_wal", follows: pg2 }
                             |                                          ^
                          on host "db1": /data/pg_root1924/pg_wal and /data/pg_root1924
                          Hint: does a placeholder such as {port} or {node} belong in the path?
                        """);
    }

    @Test
    void configurationDirectoryThatIsTheDataDirectory() {
        String refusal = new OrdersFile(directory)
                .with("port: 1924,", "port: 1924, config_dir: \"/data/pg_root{port}\",")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the configuration directory of "pg4" is also the data directory of "pg4"  [TOPOLOGY-018]

                          orders.yaml:14:45  nodes.pg4.config_dir
                             |
                          14 |   pg4: { host: db1, port: 1924, config_dir: "/data/pg_root{port}", follows: pg2 }
                             |                                             ^
                          on host "db1": /data/pg_root1924 and /data/pg_root1924
                          Hint: without config_dir it is in the data directory: leave it out
                        """);
    }

    @Test
    void noDataDirectory() {
        String refusal = new OrdersFile(directory)
                .with("defaults: { data_dir: \"/data/pg_root{port}\" }\n", "")
                .with("pg4: { host: db1,", "pg4: { host: db1, data_dir: /data/pg4,")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: node "pg1" has no data directory  [TOPOLOGY-010]

                          orders.yaml:10:3  nodes.pg1
                             |
                          10 |   pg1: { host: db1, port: 1921 }
                             |   ^
                          Hint: for example: defaults: { data_dir: "/data01/pg/pg_root{port}" }

                        Error: node "pg2" has no data directory  [TOPOLOGY-010]

                          orders.yaml:11:3  nodes.pg2
                             |
                          11 |   pg2: { host: db2, port: 1922 }
                             |   ^
                          Hint: for example: defaults: { data_dir: "/data01/pg/pg_root{port}" }

                        Error: node "pg3" has no data directory  [TOPOLOGY-010]

                          orders.yaml:12:3  nodes.pg3
                             |
                          12 |   pg3: { host: db2, port: 1923 }
                             |   ^
                          Hint: for example: defaults: { data_dir: "/data01/pg/pg_root{port}" }
                        """);
    }
}
