package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits that followers need. */
class LimitsTest {
    @TempDir
    private Path directory;

    @Test
    void tooFewWalsenders() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  max_wal_senders: 2\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "max_wal_senders" is too small for "pg1": 2  [TOPOLOGY-026]

                          orders.yaml:16:20  settings.max_wal_senders
                             |
                          16 |   max_wal_senders: 2
                             |                    ^
                          1 for followers that stream and 2 for the copy of one more make 3
                          Hint: max_wal_senders: 3, or more
                        """);
    }

    @Test
    void walsendersForTheLastCopyWhileTheOtherFollowerStreams() {
        Topology orders = new OrdersFile(directory)
                .plus("settings:\n  max_wal_senders: 3\n")
                .read()
                .topology();

        assertThat(orders.node(new NodeName("pg1")).settings()).containsEntry("max_wal_senders", "3");
    }

    @Test
    void tooFewSlots() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  max_replication_slots: 1\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "max_replication_slots" is too small for "pg1": 1  [TOPOLOGY-026]

                          orders.yaml:16:26  settings.max_replication_slots
                             |
                          16 |   max_replication_slots: 1
                             |                          ^
                          2 followers have a slot each
                          Hint: max_replication_slots: 2, or more
                        """);
    }

    @Test
    void standbyThatAllowsLessThanItsPrimary() {
        String refusal = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1923, settings: { max_connections: 50 } }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "max_connections" of standby "pg3" is smaller than its primary's  [TOPOLOGY-026]

                          orders.yaml:13:62  nodes.pg3.settings.max_connections
                             |
                          13 |   pg3: { host: db2, port: 1923, settings: { max_connections: 50 } }
                             |                                                              ^
                          50 here, 100 on "pg1": the standby would not start, or pause and never be promotable
                          Hint: let it be the same on every node
                        """);
    }

    @Test
    void manyFollowersAndTheDefaultOfWalsenders() {
        String refusal = new OrdersFile(directory).plus(manyMoreNodes()).refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "max_wal_senders" is too small for "pg1": 10 (PostgreSQL's default)  [TOPOLOGY-026]

                          orders.yaml:11:3  nodes.pg1
                             |
                          11 |   pg1: { host: db1, port: 1921 }
                             |   ^
                          9 for followers that stream and 2 for the copy of one more make 11
                          Hint: max_wal_senders: 11, or more
                        """);
    }

    @Test
    void limitThatIsNoNumber() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  max_wal_senders: 9.6\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "max_wal_senders" must be a whole number, not "9.6"  [TOPOLOGY-025]

                          orders.yaml:16:20  settings.max_wal_senders
                             |
                          16 |   max_wal_senders: 9.6
                             |                    ^
                          Hint: for example: max_wal_senders: 10
                        """);
    }

    private static String manyMoreNodes() {
        StringBuilder nodes = new StringBuilder();
        for (int port = 2000; port < 2008; port++) {
            nodes.append("  pg%d: { host: db1, port: %d }\n".formatted(port, port));
        }
        return nodes.toString();
    }
}
