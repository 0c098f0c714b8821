package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Where a node would listen, and who could connect there. */
class ListenAddressesTest {
    @TempDir
    private Path directory;

    @Test
    void nowhere() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  listen_addresses: \"\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: with listen_addresses "" no standby can connect  [TOPOLOGY-036]

                          orders.yaml:16:21  settings.listen_addresses
                             |
                          16 |   listen_addresses: ""
                             |                     ^
                          "pg1" would listen nowhere
                          Hint: "{address}" stands for the address of each node's host, "*" for all that it has
                        """);
    }

    @Test
    void toTheOwnHostAlone() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  listen_addresses: localhost, ::1\n")
                .refusal();

        assertThat(refusal)
                .startsWith("Error: with listen_addresses \"localhost, ::1\" no standby can connect")
                .contains("\"pg1\" would listen to its own host alone");
    }

    @Test
    void toOthersToo() {
        for (String addresses :
                List.of("\"*\"", "0.0.0.0", "\"{address}\"", "localhost, 192.168.7.1", "db.example.net")) {
            OrdersFile file = new OrdersFile(directory).plus("settings:\n  listen_addresses: " + addresses + "\n");

            assertThatCode(file::read).as(addresses).doesNotThrowAnyException();
        }
    }

    @Test
    void aClusterOnOneHost() {
        OrdersFile file = new OrdersFile(directory)
                .with("db1: { address: 10.0.1.11 }", "db1: { address: 127.0.0.1 }")
                .with("db2: { address: 10.0.1.12 }", "db2: { address: localhost, agent: \":7433\" }")
                .plus("settings:\n  listen_addresses: localhost\n");

        assertThatCode(file::read).doesNotThrowAnyException();
    }
}
