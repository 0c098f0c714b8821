package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings that break the promise, a repair, or the way in. */
class UnsafeSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void fsyncOff() {
        String refusal =
                new OrdersFile(directory).plus("settings:\n  fsync: off\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "fsync" must not be "off"  [TOPOLOGY-024]

                          orders.yaml:16:10  settings.fsync
                             |
                          16 |   fsync: off
                             |          ^
                          a crash of the host would leave a damaged node
                          Hint: leave it out: on is the default
                        """);
    }

    @Test
    void fullPageWritesOff() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  full_page_writes: \"no\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "full_page_writes" must not be "no"  [TOPOLOGY-024]

                          orders.yaml:16:21  settings.full_page_writes
                             |
                          16 |   full_page_writes: "no"
                             |                     ^
                          torn pages could not be repaired, and pg_rewind refuses such a node
                          Hint: leave it out: on is the default
                        """);
    }

    @Test
    void minimalWalLevel() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  wal_level: minimal\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "wal_level" must not be "minimal"  [TOPOLOGY-024]

                          orders.yaml:16:14  settings.wal_level
                             |
                          16 |   wal_level: minimal
                             |              ^
                          a standby cannot follow WAL of this level
                          Hint: "replica" or "logical"
                        """);
    }

    @Test
    void commitThatDoesNotWaitForTheStandbysDisk() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  synchronous_commit: remote_write\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "synchronous_commit" must not be "remote_write"  [TOPOLOGY-024]

                          orders.yaml:16:23  settings.synchronous_commit
                             |
                          16 |   synchronous_commit: remote_write
                             |                       ^
                          an acknowledged commit may be lost when the standby's host crashes: it is not yet on its disk
                          Hint: "on" or "remote_apply" keep the promise; "synchronous: off" makes none
                        """);
    }

    @Test
    void commitThatDoesNotWaitAtAll() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  synchronous_commit: off\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "synchronous_commit" must not be "off"  [TOPOLOGY-024]

                          orders.yaml:16:23  settings.synchronous_commit
                             |
                          16 |   synchronous_commit: off
                             |                       ^
                          commits do not even wait for the primary's own disk
                          Hint: "on" or "remote_apply" keep the promise; "synchronous: off" makes none
                        """);
    }

    @Test
    void socketsInTheDataDirectory() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  unix_socket_directories: \".\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "unix_socket_directories" must not be "."  [TOPOLOGY-024]

                          orders.yaml:16:28  settings.unix_socket_directories
                             |
                          16 |   unix_socket_directories: "."
                             |                            ^
                          a relative directory is inside the data directory, where sockets break pg_rewind
                          Hint: for example: unix_socket_directories: /var/run/postgresql
                        """);
    }

    @Test
    void socketsInTheDataDirectoryByItsFullName() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  unix_socket_directories: \"/tmp, /data/pg_root{port}/run\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the sockets of "pg1" are in its data directory  [TOPOLOGY-024]

                          orders.yaml:16:28  settings.unix_socket_directories
                             |
                          16 |   unix_socket_directories: "/tmp, /data/pg_root{port}/run"
                             |                            ^
                          pg_rewind fails on a socket that it finds there
                          Hint: for example: unix_socket_directories: /var/run/postgresql
                        """);
    }

    @Test
    void noSocketAtAll() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  unix_socket_directories: \"\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "unix_socket_directories" must not be ""  [TOPOLOGY-024]

                          orders.yaml:16:28  settings.unix_socket_directories
                             |
                          16 |   unix_socket_directories: ""
                             |                            ^
                          the agent enters by the local socket
                          Hint: for example: unix_socket_directories: /var/run/postgresql
                        """);
    }
}
