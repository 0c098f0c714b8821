package io.pgherder.controller.it;

import io.pgherder.controller.it.drift.Hands;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** Standbys that lack WAL, or have it and have not applied it yet. */
class StandbyBehindIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void oneThatCatchesUpIsNotWaitedForByCommits() {
        try (TestCluster cluster = TestCluster.pair()) {
            String rule = "\nsynchronous: { any: 1, of: [n1, n2] }";
            cluster.edit(text -> text.replace(rule, ""));
            assertApplied(cluster);
            cluster.pgCtl("stop", "n2");
            cluster.sql("n1", "create table big as select repeat('x', 500) from generate_series(1, 400000)");
            CompletableFuture<String> halting = CompletableFuture.supplyAsync(() -> haltItsSenderAmidCatchUp(cluster));
            cluster.pgCtl("start", "n2", "--log=/dev/null");
            String sender = halting.join();
            assertThat(cluster.sql("n1", "select state from pg_stat_replication where application_name = 'n2'"))
                    .isEqualTo("catchup");
            cluster.edit(text -> text.replace("\nagents:", rule + "\nagents:"));
            PgherderCommand apply = cluster.pgherder("apply", "--yes");

            Process applying = apply.start();
            Eventually.await(
                    "it waits for n2", SOON, () -> apply.errorsSoFar().contains("waiting until n2 has caught up"));

            assertThat(cluster.sql("n1", "create table meanwhile(); show synchronous_standby_names"))
                    .as("a commit, before n2 has caught up")
                    .isEmpty();
            Shell.run("kill", "-CONT", sender);
            Result applied = apply.finish(applying);
            assertThat(applied.exitCode()).as(applied.toString()).isZero();
            assertThat(cluster.sql("n1", "show synchronous_standby_names")).contains("n2");
            assertWhole(cluster);
        }
    }

    /** As long as it catches up it confirms nothing, and without it and the next one commits might wait for nobody that is there. */
    @Test
    void afterItsRestartOneCatchesUpBeforeTheNextServerRestarts() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replace("\nsynchronous: { any: 1, of: [n1, n2] }", ""));
            assertApplied(cluster);
            String sender = cluster.sql("n1", "select pid from pg_stat_replication");
            Shell.run("kill", "-STOP", sender);
            cluster.sql("n1", "create table big as select repeat('x', 500) from generate_series(1, 400000)");
            cluster.edit(text -> text.replace("shared_buffers: 16MB", "shared_buffers: 17MB"));
            long primary = cluster.postmasterPid("n1");
            long standby = cluster.postmasterPid("n2");
            PgherderCommand apply = cluster.pgherder("apply", "--yes");

            Process applying = apply.start();
            Eventually.await(
                    "n2 restarts", SOON, () -> ProcessHandle.of(standby).isEmpty());
            CompletableFuture<String> halting = CompletableFuture.supplyAsync(() -> haltItsSenderAmidCatchUp(cluster));
            Shell.run("kill", "-CONT", sender);
            String next = halting.join();
            Eventually.await(
                    "it waits for n2", SOON, () -> apply.errorsSoFar().contains("catching up after its restart"));

            assertThat(cluster.postmasterPid("n1")).isEqualTo(primary);
            Shell.run("kill", "-CONT", next);
            Result applied = apply.finish(applying);
            assertThat(applied.exitCode()).as(applied.toString()).isZero();
            assertThat(cluster.postmasterPid("n1")).isNotEqualTo(primary);
            assertWhole(cluster);
        }
    }

    /** Its server answers its agent all the while, and its primary shows it as streaming until wal_sender_timeout. */
    @Test
    void oneWhoseReceiverIsFrozenIsToldBeforeItsPrimaryGivesItUp() {
        try (TestCluster cluster = TestCluster.pair()) {
            assertApplied(cluster);
            String receiver = cluster.sql("n2", "select pid from pg_stat_wal_receiver");
            Shell.run("kill", "-STOP", receiver);
            CompletableFuture<String> commit =
                    CompletableFuture.supplyAsync(() -> cluster.sql("n1", "create table waits()"));
            Eventually.await(
                    "n2 has long been silent",
                    Duration.ofSeconds(40),
                    () -> cluster.sql("n1", """
                            select clock_timestamp() - reply_time > interval '15 s' from pg_stat_replication""").equals("t"));

            Result status = cluster.pgherder("status").run();
            Result drift = cluster.pgherder("drift").run();
            Result plan = cluster.pgherder("plan").run();
            boolean isShownAsStreaming = cluster.followers("n1").contains("n2");
            Shell.run("kill", "-CONT", receiver);

            assertThat(isShownAsStreaming)
                    .as("wal_sender_timeout has not passed")
                    .isTrue();
            assertThat(status.stdout())
                    .contains("Writes: hang, the quorum is lost: n2 must have each commit and does not answer."
                            + " 1 session waits, the longest for ")
                    .containsPattern("! n2 streams from n1, and does not confirm what it was sent; its last answer is"
                            + " \\d+\\.\\d s old by its own clock"
                            + " \\(look on db2: is a process stopped, does a disk hang\\?");
            assertThat(drift.exitCode()).as(drift.toString()).isEqualTo(3);
            assertThat(drift.stdout())
                    .containsPattern("observed  streams, and does not confirm what it was sent; its last answer is"
                            + " \\d+\\.\\d s old by its own clock\n")
                    .contains("to do     no step helps: look on db2 whether a process of n2 is stopped");
            assertThat(plan.toString())
                    .contains(
                            "n2: synchronous.of: declared confirms commits of n1, observed streams, and does not confirm");
            assertThat(commit).succeedsWithin(SOON);
            assertWhole(cluster);
        }
    }

    @Test
    void oneWhoseWalIsGoneIsNeverSaidToStream() {
        try (TestCluster cluster = TestCluster.pair()) {
            assertApplied(cluster);
            cluster.pgCtl("stop", "n2");
            cluster.sql("n1", "select pg_drop_replication_slot('n2')");
            cluster.sql("n1", "set synchronous_commit = local; create table more(n int)");
            for (int i = 0; i < 4; i++) {
                cluster.sql(
                        "n1",
                        "set synchronous_commit = local; insert into more values (1); select pg_switch_wal(); checkpoint");
            }

            Result started = cluster.pgherder("apply", "--yes").run();

            assertThat(started.exitCode()).as(started.toString()).isEqualTo(5);
            assertThat(started.stderr())
                    .contains("START-004")
                    .contains("has already been removed")
                    .contains("it must be cloned again");
            assertThat(started.stdout()).doesNotContain("matches");
            for (int i = 0; i < 5; i++) {
                Result status = cluster.pgherder("status").run();
                assertThat(status.stdout()).as("look " + i).contains("n2 does not stream from n1");
            }
        }
    }

    @Test
    void oneWhoseTimelineHasPartedIsNeverSaidToStream() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replace("\nsynchronous: { any: 1, of: [n1, n2] }", ""));
            assertApplied(cluster);
            cluster.pgCtl("promote", "n2");
            cluster.sql("n1", "create table ahead as select generate_series(1, 10000)");
            cluster.sql("n2", "create table elsewhere()");
            cluster.pgCtl("stop", "n1");
            Shell.run(
                    "sh",
                    "-c",
                    "touch \"$0\"/standby.signal; echo \"primary_conninfo = 'host=$1 port=$2 user=rep password=''$3'''\""
                            + " >>\"$0\"/postgresql.auto.conf",
                    cluster.dataDirectory("n1").toString(),
                    cluster.agent("db2").address(),
                    Integer.toString(cluster.node("n2").port()),
                    "only for tests");
            cluster.pgCtl("start", "n1", "--log=/dev/null");
            cluster.edit(text -> text.replace("primary: n1", "primary: n2"));

            for (int i = 0; i < 8; i++) {
                Result status = cluster.pgherder("status").run();
                assertThat(status.stdout()).as("look " + i).contains("n1 does not stream from n2");
            }
            Result drift = cluster.pgherder("drift").run();
            Result plan = cluster.pgherder("plan").run();
            assertThat(drift.exitCode()).as(drift.toString()).isEqualTo(3);
            assertThat(drift.stdout()).containsPattern("""
                            declared  timeline 2, as n2
                            observed  timeline 1
                            because   its WAL has parted: n2 left timeline 1 at (\\S+), and n1 went on with it at least to (?!\\1)\\S+
                            to do     what n1 has beyond that, n2 never had: is it needed\\? If not, stop n1, move its data and WAL directories away, and apply: it is cloned again; or, after a CHECKPOINT on n2, rewind it with pg_rewind
                    """);
            assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(4);
            assertThat(plan.stderr())
                    .contains("the WAL of n1 has parted from that of the primary n2  [PLAN-016]")
                    .doesNotContain("START-", "Note: n1");
            Hands hands = new Hands(cluster);
            hands.stop("n1");
            hands.setAside("n1");
            assertApplied(cluster);
            assertThat(cluster.followers("n2")).containsExactly("n1");
        }
    }

    /** Long before its control file knows of the new timeline. */
    @Test
    void oneThatHasFollowedAPromotionHasNotPartedWhenItsPrimaryStops() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replace("\nsynchronous: { any: 1, of: [n1, n2] }", ""));
            assertApplied(cluster);
            cluster.pgCtl("stop", "n1");
            cluster.pgCtl("promote", "n2");
            Shell.run("touch", cluster.dataDirectory("n1") + "/standby.signal");
            cluster.edit(text -> text.replace("primary: n1", "primary: n2"));
            cluster.pgherder("apply", "--yes").run();
            cluster.sql("n2", "create table followed as select generate_series(1, 10000)");
            Eventually.await(
                    "n1 has it",
                    SOON,
                    () -> cluster.sql("n1", "select to_regclass('followed') is not null")
                            .equals("t"));
            cluster.pgCtl("stop", "n2");

            Result status = cluster.pgherder("status").run();
            Result drift = cluster.pgherder("drift").run();
            Result plan = cluster.pgherder("plan").run();

            assertThat(status.stdout()).containsPattern("n1 +standby +not streaming +2 ");
            assertThat(drift.stdout()).doesNotContain("parted", "timeline");
            assertThat(plan.exitCode()).as(plan.toString()).isZero();
            assertThat(plan.stdout()).contains("n2  start as the primary");
        }
    }

    @Test
    void oneThatAppliesWithADelaySaysThatItAsksForWalAfterThat() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replaceAll("(n2: \\{.*)\\}", "$1, settings: { recovery_min_apply_delay: 1h } }"));
            assertApplied(cluster);
            cluster.sql("n1", "create table late()");
            Eventually.await("n2 has it and waits", SOON, () -> waitsForItsDelay(cluster));
            cluster.edit(
                    text -> text.replaceAll("recovery_min_apply_delay: 1h", "$0, superuser_reserved_connections: 4"));

            Result restarted = cluster.pgherder("apply", "--yes").run();

            assertThat(restarted.exitCode()).as(restarted.toString()).isEqualTo(5);
            assertThat(restarted.stderr())
                    .contains("n2 runs, and does not stream from")
                    .contains("it lets recovery_min_apply_delay pass")
                    .contains("run the same command again once it streams");
            cluster.edit(text -> text.replaceAll("recovery_min_apply_delay: 1h, ", ""));
            assertApplied(cluster);
            assertWhole(cluster);
        }
    }

    /** The process id of the WAL sender, which sends no more of what its standby lacks. */
    private static String haltItsSenderAmidCatchUp(TestCluster cluster) {
        cluster.sql("n1", """
                do $$
                declare
                  sender int;
                begin
                  while sender is null and clock_timestamp() < now() + interval '60 s' loop
                    select pid into sender from pg_stat_get_wal_senders() where state = 'catchup';
                  end loop;
                  execute format('copy (select 1) to program %L', 'cat >/dev/null; kill -STOP ' || sender);
                end $$""");
        return cluster.sql("n1", "select pid from pg_stat_replication where application_name = 'n2'");
    }

    private static boolean waitsForItsDelay(TestCluster cluster) {
        return cluster.sql("n2", "select count(*) from pg_stat_activity where wait_event = 'RecoveryApplyDelay'")
                .equals("1");
    }
}
