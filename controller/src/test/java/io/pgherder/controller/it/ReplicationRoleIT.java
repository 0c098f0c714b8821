package io.pgherder.controller.it;

import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** Standbys are to log in as another role, or have been sent elsewhere by hand: it concerns one of them at a time. */
class ReplicationRoleIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.t5();

    private final TestCluster cluster;
    private String declared = "";

    ReplicationRoleIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void remember() throws IOException {
        declared = Files.readString(cluster.topologyFile());
    }

    @AfterEach
    void putBackAndFindNothingToDo() throws IOException {
        Files.writeString(cluster.topologyFile(), declared);
        assertApplied(cluster);
        assertThat(cluster.followers("n1")).containsExactly("n2", "n3", "n4");
        assertThat(cluster.followers("n2")).containsExactly("n5");
        Result plan = cluster.pgherder("plan", "--detailed-exitcode").run();
        assertThat(plan.exitCode()).as(plan.toString()).isZero();
    }

    @Test
    void anotherRoleIsTakenByOneStandbyAfterTheOther() {
        cluster.edit(text -> text.replace("user: rep", "user: standby_rep")
                .replace("host replication rep ", "host replication standby_rep,rep "));

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.stdout()).contains("it is logged in as rep");
        assertThat(cluster.sql("n1", "select string_agg(usename, ' ') from pg_stat_replication"))
                .isEqualTo("standby_rep standby_rep standby_rep");
        assertThat(cluster.sql("n2", "select string_agg(usename, ' ') from pg_stat_replication"))
                .isEqualTo("standby_rep");
    }

    @Test
    void aRoleThatIsNotLetInKeepsNoStandbyOut() {
        cluster.edit(text -> text.substring(0, text.indexOf("hba:")).replace("user: rep", "user: unwelcome"));

        for (int run = 1; run <= 2; run++) {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
            assertThat(applied.toString())
                    .contains("FOLLOW-004")
                    .contains("does pg_hba.conf of n1 let \"unwelcome\" replicate from this host?");
            assertThat(cluster.followers("n1")).as("after run %d", run).containsExactly("n2", "n3", "n4");
        }
    }

    @Test
    void aRoleWhosePasswordHasExpiredIsMadeValid() {
        cluster.sql("n1", "alter role rep valid until 'yesterday'");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.stdout()).contains("past its VALID UNTIL it lets no standby in");
        assertThat(cluster.sql("n1", "select rolvaliduntil from pg_roles where rolname = 'rep'"))
                .isEqualTo("infinity");
    }

    @Test
    void aStandbyThatLostItsFilesKeepsItsRoleItsSlotAndItsConnection() throws IOException {
        Path data = cluster.dataDirectory("n3");
        Files.delete(data.resolve("standby.signal"));
        Files.delete(data.resolve("pgherder.conf"));
        String connection = cluster.sql("n3", "select pid, slot_name from pg_stat_wal_receiver");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.stdout()).contains("without standby.signal its next start would make it a second primary");
        assertThat(data.resolve("standby.signal")).exists();
        assertThat(cluster.sql("n3", "select pid, slot_name from pg_stat_wal_receiver"))
                .endsWith("|n3")
                .isEqualTo(connection);
    }

    @Test
    void aSlotSetByHandIsTakenAwayAgain() {
        leadAstray("primary_slot_name = 'mine'");

        isLedBack("primary_slot_name");
    }

    @Test
    void anUpstreamSetByHandIsTakenAwayAgain() {
        leadAstray("primary_conninfo = 'host=127.0.0.9 port=1'");

        isLedBack("primary_conninfo");
    }

    private void isLedBack(String setting) {
        Result drift = cluster.pgherder("drift").run();
        assertThat(drift.exitCode()).as(drift.toString()).isEqualTo(3);
        assertThat(drift.stdout()).contains(cluster.dataDirectory("n5") + "/postgresql.auto.conf:3");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.stdout()).contains("ALTER SYSTEM RESET " + setting);
        assertThat(cluster.followers("n2")).containsExactly("n5");
        assertThat(cluster.sql("n5", "select count(*) from pg_file_settings where sourcefile like '%auto.conf'"))
                .isEqualTo("0");
    }

    private void leadAstray(String setting) {
        cluster.sql("n5", "alter system set " + setting);
        cluster.sql("n5", "select pg_reload_conf()");
        Eventually.await(
                "n5 has left n2",
                Duration.ofSeconds(20),
                () -> cluster.followers("n2").isEmpty());
    }
}
