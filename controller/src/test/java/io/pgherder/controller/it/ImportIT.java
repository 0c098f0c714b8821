package io.pgherder.controller.it;

import io.pgherder.controller.testing.HandBuilt;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestCluster.Node;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster that people built by hand, its primary and a standby in Debian's layout, comes under pgherder without a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportIT {
    /** pgherder decides these, and writes them in its own way: the password file, the promise of whoever may become primary. */
    private static final String IN_FORCE = "select name || ' = ' || setting from pg_settings where name not in"
            + " ('primary_conninfo', 'synchronous_standby_names') and source not in ('client', 'session') order by 1";

    private final TestCluster cluster = TestCluster.handBuilt();
    private final HandBuilt hands = new HandBuilt(cluster);

    @BeforeAll
    void build() {
        hands.build();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    @Order(1)
    void whatRunsBecomesAFileThatIsValid() {
        Result written = cluster.pgherderImport(
                        "--cluster", "orders", "--out", cluster.topologyFile().toString())
                .run();

        assertThat(written.exitCode()).as("%s", written).isZero();
        assertThat(written.stderr()).contains("4 nodes found: ").contains("Nothing has been changed on any host.");
        assertThat(hands.topology())
                .contains("config_dir: " + hands.configDirectory("n1"))
                .contains("config_dir: " + hands.configDirectory("n3"))
                .contains("synchronous: { any: 1, of: [")
                .contains("follows: n2")
                .contains("user: rep")
                .contains("slots: true")
                .contains("shared_buffers: 16MB")
                .contains("maintenance_work_mem: 32MB")
                .contains("archive_command: \"cp %p /nowhere/%f\"")
                .contains(", n2, n3, n4  recovery_end_command: **** (a shell command may hold a password")
                .contains("tcp_keepalives_idle: 60")
                .contains("- host replication rep 127.0.0.0/8 scram-sha-256")
                .doesNotContain("only for tests", "hunter2");
        hands.nameThePassword();
        assertThat(new TopologyReader().read(cluster.topologyFile()).topology().nodes())
                .hasSize(4);
    }

    @Test
    @Order(2)
    void aFileThatIsThereIsNotReplaced() {
        String before = hands.topology();

        Result again = cluster.pgherderImport("--out", cluster.topologyFile().toString())
                .run();

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.stderr()).contains("IMPORT-008", "it is there already");
        assertThat(hands.topology()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void thePlanTakesOverAndRestartsNothing() {
        Result plan = cluster.pgherder("plan", "--tls", tls()).run();

        assertThat(plan.exitCode()).as("%s", plan).isZero();
        assertThat(plan.stdout())
                .contains("take over: it has no pgherder.conf")
                .contains("Plan: 0 nodes to create, 0 to change, 4 to take over, 0 to move, 0 to remove.")
                .contains("Nothing restarts; no data is deleted.");
    }

    @Test
    @Order(4)
    void takingOverChangesNoValueAndNoProcess() {
        Map<String, String> before = inForce();
        Map<String, Long> pids = pids();

        Result apply = cluster.pgherder("apply", "--yes", "--tls", tls()).run();

        assertThat(apply.exitCode()).as("%s", apply).isZero();
        assertThat(inForce()).isEqualTo(before);
        assertThat(pids()).isEqualTo(pids);
        assertThat(cluster.sql("n1", "show synchronous_standby_names")).isEqualTo("ANY 1 (n2, n3)");
        assertThat(cluster.sql("n2", "show primary_conninfo"))
                .contains("passfile=")
                .doesNotContain("password=");
        assertThat(cluster.followers("n1")).containsExactly("n2", "n3");
        assertThat(cluster.followers("n2")).containsExactly("n4");
    }

    @Test
    @Order(5)
    void nothingDiffersAndNothingIsLeftToDo() {
        Result drift = cluster.pgherder("drift", "--tls", tls()).run();
        Result plan = cluster.pgherder("plan", "--tls", tls()).run();

        assertThat(drift.exitCode()).as("%s", drift).isZero();
        assertThat(plan.stdout()).contains("Nothing to do");
    }

    @Test
    @Order(6)
    void aRestartByPgherderFindsTheConfigurationWhereItIs() {
        cluster.edit(text -> text.replace("shared_buffers: 16MB", "shared_buffers: 24MB"));

        Result apply = cluster.pgherder("apply", "--yes", "--tls", tls()).run();

        assertThat(apply.exitCode()).as("%s", apply).isZero();
        for (Node node : cluster.nodes()) {
            assertThat(cluster.sql(node.name(), "show shared_buffers")).isEqualTo("24MB");
        }
        for (String name : List.of("n1", "n3")) {
            assertThat(cluster.sql(name, "show config_file"))
                    .isEqualTo(hands.configDirectory(name) + "/postgresql.conf");
            assertThat(cluster.sql(name, "show hba_file")).isEqualTo(hands.configDirectory(name) + "/pg_hba.conf");
            assertThat(cluster.dataDirectory(name).resolve("pgherder.conf")).doesNotExist();
        }
        Result drift = cluster.pgherder("drift", "--tls", tls()).run();
        assertThat(drift.exitCode()).as("%s", drift).isZero();
    }

    private String tls() {
        return cluster.home().path("tls").toString();
    }

    private Map<String, String> inForce() {
        Map<String, String> all = new LinkedHashMap<>();
        cluster.nodes().forEach(node -> all.put(node.name(), cluster.sql(node.name(), IN_FORCE)));
        return all;
    }

    private Map<String, Long> pids() {
        Map<String, Long> all = new LinkedHashMap<>();
        cluster.nodes().forEach(node -> all.put(node.name(), cluster.postmasterPid(node.name())));
        return all;
    }
}
