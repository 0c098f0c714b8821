package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of the wrong type. */
class TypesTest {
    @TempDir
    private Path directory;

    @Test
    void textWhereANumberIsNeeded() {
        String refusal =
                new OrdersFile(directory).with("port: 1922", "port: mine").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "nodes.pg2.port" must be a whole number, not "mine"  [TOPOLOGY-011]

                          orders.yaml:12:27  nodes.pg2.port
                             |
                          12 |   pg2: { host: db2, port: mine }
                             |                           ^
                          Hint: for example: port: 1921
                        """);
    }

    @Test
    void wordWhereTrueOrFalseIsNeeded() {
        String refusal = new OrdersFile(directory)
                .with("{ user: rep,", "{ user: rep, slots: yes,")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "replication.slots" must be true or false, not "yes"  [TOPOLOGY-011]

                          orders.yaml:4:34  replication.slots
                            |
                          4 | replication: { user: rep, slots: yes, password: { file: rep.password } }
                            |                                  ^
                          Hint: write true or false
                        """);
    }

    @Test
    void wordWhereAHostIsSharedOrNot() {
        String refusal = new OrdersFile(directory)
                .with("{ address: 10.0.1.12 }", "{ address: 10.0.1.12, shared: others }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "hosts.db2.shared" must be true or false, not "others"  [TOPOLOGY-011]

                          orders.yaml:8:38  hosts.db2.shared
                            |
                          8 |   db2: { address: 10.0.1.12, shared: others }
                            |                                      ^
                          Hint: write true or false
                        """);
    }

    @Test
    void textWhereAMapIsNeeded() {
        String refusal = new OrdersFile(directory)
                .with("pg3: { host: db2, port: 1923 }", "pg3: db2")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "nodes.pg3" must be a map, not "db2"  [TOPOLOGY-011]

                          orders.yaml:13:8  nodes.pg3
                             |
                          13 |   pg3: db2
                             |        ^
                          Hint: for example: pg1921: { host: db1, port: 1921 }
                        """);
    }

    @Test
    void textWhereAListIsNeeded() {
        String refusal = new OrdersFile(directory)
                .plus("hba: host all all 10.0.0.0/16 scram-sha-256\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "hba" must be a list, not "host all all 10.0.0.0/16 scram-sha-256"  [TOPOLOGY-011]

                          orders.yaml:15:6  hba
                             |
                          15 | hba: host all all 10.0.0.0/16 scram-sha-256
                             |      ^
                          Hint: for example: hba: [ host all all 10.0.0.0/16 scram-sha-256 ]
                        """);
    }

    @Test
    void mapInAList() {
        String refusal =
                new OrdersFile(directory).plus("hba:\n  - { host: all }\n  -\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: item 1 of "hba" must be a text, not a map  [TOPOLOGY-011]

                          orders.yaml:16:5  hba.1
                             |
                          16 |   - { host: all }
                             |     ^
                          Hint: does it need quotes?

                        Error: item 2 of "hba" must be a text, not nothing  [TOPOLOGY-011]

                          orders.yaml:17:4  hba.2
                             |
                          17 |   -
                             |    ^
                          Hint: remove the empty item
                        """);
    }

    @Test
    void bracesWithoutQuotes() {
        String refusal = new OrdersFile(directory)
                .plus("settings: { listen_addresses: {address} }\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "settings.listen_addresses" must be a text, not a map  [TOPOLOGY-011]

                          orders.yaml:15:31  settings.listen_addresses
                             |
                          15 | settings: { listen_addresses: {address} }
                             |                               ^
                          Hint: put the braces into quotes
                        """);
    }

    @Test
    void settingWithoutAValue() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  archive_command:\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "settings.archive_command" has no value  [TOPOLOGY-011]

                          orders.yaml:16:19  settings.archive_command
                             |
                          16 |   archive_command:
                             |                   ^
                          Hint: write "" for an empty value
                        """);
    }

    @Test
    void listOfOneAsASetting() {
        String refusal = new OrdersFile(directory)
                .plus("settings: { max_connections: [1] }\n")
                .refusal();

        assertThat(refusal).endsWith("Hint: without brackets: max_connections: 1\n");
    }

    @Test
    void listAsASetting() {
        String refusal = new OrdersFile(directory)
                .plus("settings: { shared_preload_libraries: [a, b] }\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "settings.shared_preload_libraries" must be a text, not a list  [TOPOLOGY-011]

                          orders.yaml:15:39  settings.shared_preload_libraries
                             |
                          15 | settings: { shared_preload_libraries: [a, b] }
                             |                                       ^
                          Hint: without brackets: shared_preload_libraries: "a, b"
                        """);
    }

    @Test
    void portThatBelongsToRoot() {
        String refusal =
                new OrdersFile(directory).with("port: 1922", "port: 543").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "nodes.pg2.port" must be from 1024 to 65535, not 543  [TOPOLOGY-012]

                          orders.yaml:12:27  nodes.pg2.port
                             |
                          12 |   pg2: { host: db2, port: 543 }
                             |                           ^
                          Hint: ports below 1024 belong to root, and PostgreSQL refuses to run as root
                        """);
    }

    @Test
    void portThatDoesNotExist() {
        String refusal =
                new OrdersFile(directory).with("port: 1922", "port: 65536").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "nodes.pg2.port" must be from 1024 to 65535, not 65536  [TOPOLOGY-012]

                          orders.yaml:12:27  nodes.pg2.port
                             |
                          12 |   pg2: { host: db2, port: 65536 }
                             |                           ^
                          Hint: for example: port: 1921
                        """);
    }

    @Test
    void wordThatIsNotAmongThose() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: 1922, clone: { checkpoint: spred } }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "nodes.pg2.clone.checkpoint" must be fast or spread, not "spred"  [TOPOLOGY-012]

                          orders.yaml:12:54  nodes.pg2.clone.checkpoint
                             |
                          12 |   pg2: { host: db2, port: 1922, clone: { checkpoint: spred } }
                             |                                                      ^
                          Hint: did you mean "spread"?
                        """);
    }

    @Test
    void synchronousThatIsNeitherAMapNorOff() {
        String refusal = new OrdersFile(directory)
                .with("{ any: 1, of: [pg1, pg2, pg3] }", "false")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "synchronous" must be a map, or off, not "false"  [TOPOLOGY-011]

                          orders.yaml:5:14  synchronous
                            |
                          5 | synchronous: false
                            |              ^
                          Hint: for example: synchronous: { any: 1, of: [pg1921, pg1922, pg1923] }
                        """);
    }
}
