package io.pgherder.controller.it;

import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** Settings that only a restart puts in force: who restarts when, and who does not. */
class RestartIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.pair();

    private final TestCluster cluster;
    private String topology = "";

    RestartIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void remember() throws IOException {
        topology = Files.readString(cluster.topologyFile());
    }

    @AfterEach
    void putBackAndFindNothingToDo() throws IOException {
        Files.writeString(cluster.topologyFile(), topology);
        assertApplied(cluster);
    }

    @Test
    void aRestartWithAValueThatNoServerCanHave() throws IOException {
        long postmaster = cluster.postmasterPid("n1");
        String before = Files.readString(postgresConf());
        Files.writeString(postgresConf(), "max_files_per_process = 900\n" + before);
        cluster.sql("n1", "select pg_reload_conf()");
        Files.writeString(postgresConf(), "max_files_per_process = many\n" + before);
        try {
            Result applied = editedAndApplied("max_connections: 30", "max_connections: 31");

            assertThat(applied.exitCode()).as(applied.toString()).isNotZero();
            assertThat(applied.toString()).contains("max_files_per_process");
            assertThat(cluster.postmasterPid("n1")).as("never stopped").isEqualTo(postmaster);
        } finally {
            Files.writeString(postgresConf(), before);
            cluster.sql("n1", "select pg_reload_conf()");
        }
    }

    @Test
    void aRestartThatAStandbyWouldNotSurvive() {
        long standby = cluster.postmasterPid("n2");
        cluster.sql("n2", "alter system set max_worker_processes = 4");
        try {
            cluster.edit(text -> text.replace("shared_buffers: 16MB", "shared_buffers: 17MB"));

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(4);
            assertThat(applied.stderr())
                    .contains("n2 would stop replaying: its max_worker_processes is below the primary's  [PLAN-011]")
                    .contains("not declared for n2, which would have: 4")
                    .contains("n1 will have 8")
                    .contains("Nothing has been changed.");
            assertThat(cluster.postmasterPid("n2")).as("never stopped").isEqualTo(standby);
        } finally {
            cluster.sql("n2", "alter system reset max_worker_processes");
        }
    }

    @Test
    void maxConnectionsShrinkFromThePrimaryDownInOneApply() {
        List<Long> before = postmasters();
        Result applied = editedAndApplied("max_connections: 30", "max_connections: 25");
        try {
            assertThat(applied.exitCode()).as(applied.toString()).isZero();
            assertThat(applied.stdout()).contains("before its standbys, which must");
            assertThat(List.of("n1", "n2"))
                    .allSatisfy(node -> assertThat(cluster.sql(node, "show max_connections"))
                            .isEqualTo("25"));
            assertThat(postmasters()).as("new processes").doesNotContainAnyElementsOf(before);
            assertApplied(cluster);
        } finally {
            assertThat(editedAndApplied("max_connections: 25", "max_connections: 30")
                            .exitCode())
                    .as("they grow again")
                    .isZero();
        }
    }

    @Test
    void aSettingThatNeedsARestartHasGoneFromTheTopology() {
        cluster.edit(text -> text.replace("settings:\n", "settings:\n  wal_log_hints: on\n"));
        assertApplied(cluster);
        assertThat(cluster.sql("n1", "show wal_log_hints")).isEqualTo("on");
        cluster.edit(text -> text.replace("  wal_log_hints: on\n", ""));

        Result applied = cluster.pgherder("apply", "--yes").run();
        Result plan = cluster.pgherder("plan").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(cluster.sql("n1", "show wal_log_hints")).isEqualTo("off");
        assertThat(plan.exitCode()).as(plan.toString()).isZero();
        assertThat(plan.stdout()).contains("Nothing to do: testing matches");
    }

    @Test
    void aRestartOfThePrimaryIsOverWhenItsStandbysAreBack() {
        cluster.edit(text -> text.replace("wal_retrieve_retry_interval: 200ms", "wal_retrieve_retry_interval: 5s")
                .replace("shared_buffers: 16MB", "shared_buffers: 17MB"));

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.toString()).contains("testing now matches");
        assertThat(cluster.followers("n1")).containsExactly("n2");
    }

    private Result editedAndApplied(String was, String is) {
        cluster.edit(text -> text.replace(was, is));
        return cluster.pgherder("apply", "--yes").run();
    }

    private List<Long> postmasters() {
        return List.of(cluster.postmasterPid("n1"), cluster.postmasterPid("n2"));
    }

    private Path postgresConf() {
        return cluster.dataDirectory("n1").resolve("postgresql.conf");
    }
}
