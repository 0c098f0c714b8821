package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** Standbys under a new upstream that is not ready for them yet: they stay with the old one until it is. */
class MovingStandbyIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void oneThatMovesHasCaughtUpBeforeBecauseItsNewUpstreamKeepsLess() {
        try (TestCluster cluster = TestCluster.t5()) {
            assertApplied(cluster);
            cluster.pgCtl("stop", "n5");
            // More than min_wal_size, which the new upstream would keep whatever it has applied.
            cluster.sql("n1", "create table big as select repeat('x', 500) from generate_series(1, 250000)");
            cluster.sql("n1", "checkpoint");
            Eventually.await("n3 has applied all of it", SOON, () -> lag(cluster, "n3") == 0);
            cluster.sql("n3", "checkpoint");
            moveTheLastToN3(cluster);

            assertApplied(cluster);

            assertThat(cluster.followers("n3")).containsExactly("n5");
            assertThat(cluster.followers("n2")).isEmpty();
            assertThat(slots(cluster, "n2")).as("its former slot").isEmpty();
        }
    }

    @Test
    void oneThatItsNewUpstreamDoesNotLetInStaysWhereItStreams() {
        try (TestCluster cluster = TestCluster.t5()) {
            cluster.edit(text -> text.replaceAll("(n3: \\{.*)\\}", "$1, settings: { recovery_min_apply_delay: 1h } }"));
            assertApplied(cluster);
            cluster.edit(
                    text -> text.replace("user: rep", "user: rep2").replace("replication rep ", "replication all "));
            moveTheLastToN3(cluster);

            Result refused = cluster.pgherder("apply", "--yes").run();

            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(5);
            assertThat(refused.stderr())
                    .contains("n5 could not log in at n3: it stays with its upstream  [FOLLOW-004]")
                    .contains("A standby knows them once it has replayed them")
                    .contains("password authentication failed for user \"rep2\"");
            assertThat(cluster.followers("n2")).containsExactly("n5");
            cluster.edit(text -> text.replace(", settings: { recovery_min_apply_delay: 1h }", ""));
            assertApplied(cluster);
            assertThat(cluster.followers("n3")).containsExactly("n5");
        }
    }

    @Test
    void oneWhoseReplayIsPausedIsNotToldToMove() {
        try (TestCluster cluster = TestCluster.t5()) {
            assertApplied(cluster);
            cluster.sql("n5", "select pg_wal_replay_pause()");
            moveTheLastToN3(cluster);

            Result refused = cluster.pgherder("apply", "--yes").run();

            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
            assertThat(refused.stderr())
                    .contains("n5 cannot follow n3: its replay is paused  [PREFLIGHT-026]")
                    .contains("SELECT pg_wal_replay_resume() on it");
            assertThat(cluster.followers("n2")).containsExactly("n5");
            cluster.sql("n5", "select pg_wal_replay_resume()");
            Map<String, Set<Long>> before = cluster.postmasters();
            assertApplied(cluster);
            assertThat(cluster.followers("n3")).containsExactly("n5");
            assertThat(cluster.postmasters()).as("a reload is enough").isEqualTo(before);
            assertThat(slots(cluster, "n2")).as("its former slot").isEmpty();
            assertThat(slots(cluster, "n3")).isEqualTo("n5");
        }
    }

    private static void moveTheLastToN3(TestCluster cluster) {
        cluster.edit(text -> text.replaceAll("(n5: .*follows: )n2", "$1n3"));
    }

    private static String slots(TestCluster cluster, String node) {
        return cluster.sql(node, "select slot_name from pg_replication_slots order by 1");
    }

    private static long lag(TestCluster cluster, String node) {
        return Long.parseLong(cluster.sql(
                "n1",
                "select pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint from pg_stat_replication"
                        + " where application_name = '" + node + "'"));
    }
}
