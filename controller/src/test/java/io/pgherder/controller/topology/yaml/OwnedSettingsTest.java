package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings that pgherder owns, and those that PostgreSQL would not accept. */
class OwnedSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void settingsThatPgherderOwns() {
        String refusal = new OrdersFile(directory)
                .plus(
                        "settings:\n  port: 5432\n  primary_conninfo: host=a password=hunter2\n  synchronous_standby_names: ANY 1 (*)\n  Cluster_Name: mine\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "port" cannot be declared as a setting  [TOPOLOGY-023]

                          orders.yaml:16:9  settings.port
                             |
                          16 |   port: 5432
                             |         ^
                          it is the node's
                          Hint: say it as nodes.NAME.port

                        Error: "primary_conninfo" cannot be declared as a setting  [TOPOLOGY-023]

                          orders.yaml:17:21  settings.primary_conninfo
                             |
                          17 |   primary_conninfo: host=a password=********
                             |                     ^
                          it follows from the upstream and the replication role
                          Hint: say the upstream as nodes.NAME.follows, the role as replication.user

                        Error: "synchronous_standby_names" cannot be declared as a setting  [TOPOLOGY-023]

                          orders.yaml:18:30  settings.synchronous_standby_names
                             |
                          18 |   synchronous_standby_names: ANY 1 (*)
                             |                              ^
                          it follows from the synchronous group and differs from node to node
                          Hint: say it as synchronous: { any: 1, of: [...] }

                        Error: "cluster_name" cannot be declared as a setting  [TOPOLOGY-023]

                          orders.yaml:19:17  settings.Cluster_Name
                             |
                          19 |   Cluster_Name: mine
                             |                 ^
                          it is the node's name, which PostgreSQL reports to its upstream
                          Hint: leave it out
                        """);
    }

    @Test
    void passwordInAUriIsNotShown() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  primary_conninfo: postgresql://rep:hunter2@db1/?sslmode=require\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "primary_conninfo" cannot be declared as a setting  [TOPOLOGY-023]

                          orders.yaml:16:21  settings.primary_conninfo
                             |
                          16 |   primary_conninfo: postgresql://rep:********@db1/?sslmode=require
                             |                     ^
                          it follows from the upstream and the replication role
                          Hint: say the upstream as nodes.NAME.follows, the role as replication.user
                        """);
    }

    @Test
    void recoveryTarget() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  recovery_target_time: yesterday\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "recovery_target_time" cannot be declared as a setting  [TOPOLOGY-023]

                          orders.yaml:16:25  settings.recovery_target_time
                             |
                          16 |   recovery_target_time: yesterday
                             |                         ^
                          a standby with a target stops there and never follows again
                          Hint: leave it out
                        """);
    }

    @Test
    void includeDirective() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  include_dir: conf.d\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "include_dir" cannot be declared as a setting  [TOPOLOGY-023]

                          orders.yaml:16:16  settings.include_dir
                             |
                          16 |   include_dir: conf.d
                             |                ^
                          it is a directive, not a setting, and pgherder's file is read last
                          Hint: put it into postgresql.conf, which stays yours
                        """);
    }

    @Test
    void nameThatIsNone() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  \"work mem\": 4MB\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: there is no setting "work mem"  [TOPOLOGY-025]

                          orders.yaml:16:3  settings.work mem
                             |
                          16 |   "work mem": 4MB
                             |   ^
                          Hint: did you mean "work_mem"?
                        """);
    }

    @Test
    void nameForWhichPostgresqlTakesNothingOfTheFile() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  my.ext$x: 1\n  a.b.c: 1\n  my_ext.größe: 1\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "my.ext$x" cannot be the name of a setting  [TOPOLOGY-025]

                          orders.yaml:16:3  settings.my.ext$x
                             |
                          16 |   my.ext$x: 1
                             |   ^
                          PostgreSQL takes nothing of a file in which it stands
                          Hint: a name has letters, digits and _, and at most one dot, behind an extension's name

                        Error: "a.b.c" cannot be the name of a setting  [TOPOLOGY-025]

                          orders.yaml:17:3  settings.a.b.c
                             |
                          17 |   a.b.c: 1
                             |   ^
                          PostgreSQL takes nothing of a file in which it stands
                          Hint: a name has letters, digits and _, and at most one dot, behind an extension's name
                        """);
    }

    @Test
    void nameThatNoStatementCanSay() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  " + "x".repeat(64) + ": 1\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "%1$s" cannot be the name of a setting  [TOPOLOGY-025]

                          orders.yaml:16:3  settings.%1$s
                             |
                          16 |   %1$s: 1
                             |   ^
                          64 characters; SET and SHOW take 63
                          Hint: is it two settings, or is a colon missing?
                        """.formatted("x".repeat(64)));
    }

    @Test
    void valueOfSeveralLines() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  log_line_prefix: \"a\\nb\"\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "log_line_prefix" has a value of several lines  [TOPOLOGY-025]

                          orders.yaml:16:20  settings.log_line_prefix
                             |
                          16 |   log_line_prefix: "a\\nb"
                             |                    ^
                          a value in postgresql.conf ends with its line
                          Hint: is a quote missing, or a block (| or >) too much?
                        """);
    }

    @Test
    void sameSettingWrittenTwice() {
        String refusal = new OrdersFile(directory)
                .plus("settings:\n  work_mem: 4MB\n  WORK_MEM: 8MB\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "work_mem" stands here twice, written differently  [TOPOLOGY-008]

                          orders.yaml:17:13  settings.WORK_MEM
                             |
                          17 |   WORK_MEM: 8MB
                             |             ^
                          also at line 16
                          Hint: which of the two is meant? Remove the other
                        """);
    }

    @Test
    void settingThatIsNearlyOne() {
        String refusal = new OrdersFile(directory)
                .plus(
                        "settings:\n  shared_bufers: 64MB\n  my_extension.shared_bufers: 64MB\n  of_a_later_version: on\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: there is no setting "shared_bufers"  [TOPOLOGY-025]

                          orders.yaml:16:3  settings.shared_bufers
                             |
                          16 |   shared_bufers: 64MB
                             |   ^
                          Hint: did you mean "shared_buffers"?
                        """);
    }
}
